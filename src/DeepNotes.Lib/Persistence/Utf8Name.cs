using System.Text;

namespace DeepNotes;

/// <summary>
/// A name in the bytes that a file holds. The reference implementation orders tensors by them, which is not C#'s
/// ordinal order: UTF-16 puts an emoji before some rarer letters.
/// </summary>
internal sealed record Utf8Name(byte[] Bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static List<(Utf8Name Name, T Value)> Order<T>(IReadOnlyDictionary<string, T> values)
    {
        var ordered = values.Select(entry => (Name: From(entry.Key), entry.Value)).ToList();
        ordered.Sort((a, b) => a.Name.Bytes.AsSpan().SequenceCompareTo(b.Name.Bytes));
        return ordered;
    }

    private static Utf8Name From(string name)
    {
        try
        {
            return new Utf8Name(Strict.GetBytes(name));
        }
        catch (EncoderFallbackException invalid)
        {
            throw new ArgumentException(
                $"Safetensors.Save: expected names in valid Unicode, got \"{name}\" with half a surrogate pair.", invalid);
        }
    }
}
