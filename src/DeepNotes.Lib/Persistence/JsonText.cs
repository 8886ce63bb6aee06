using System.Text.Json;

namespace DeepNotes;

/// <summary>Strings of untrusted JSON: an escaped unpaired surrogate makes .NET throw on access.</summary>
internal static class JsonText
{
    public static string Name(JsonProperty property, string path)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException invalid)
        {
            throw new WeightFileException(path, null, "names in valid Unicode", invalid.Message, invalid);
        }
    }

    /// <summary>The string; null if the value is not a string, or not valid Unicode.</summary>
    public static string? String(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
