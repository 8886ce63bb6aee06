using System.Text.Json;

namespace DeepNotes;

/// <summary>Strings out of JSON from anywhere: an escape may be half a surrogate pair, which .NET refuses on access.</summary>
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

    /// <summary>The text; null where the value is no string or no valid Unicode.</summary>
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
