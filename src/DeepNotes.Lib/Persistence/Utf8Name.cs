using System.Text;

namespace DeepNotes;

/// <summary>
/// A name as its UTF-8 bytes. The reference implementation orders tensors by these bytes, which differs from the ordinal
/// order of .NET strings: UTF-16 orders surrogate pairs before U+E000 to U+FFFF.
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
