namespace DeepNotes.Notebooks.Book;

/// <summary>Classifies the addresses of links and pictures: which of them a page may use.</summary>
internal static class Address
{
    private static readonly string[] Schemes = ["http", "https", "mailto", "ftp", "tel"];

    private static readonly string[] PictureData =
        [.. new[] { "png", "jpeg", "gif", "webp", "svg+xml", "avif", "bmp" }.Select(type => $"data:image/{type}")];

    /// <summary>"https" of "https://example.org"; null for an address relative to the page.</summary>
    public static string? SchemeOf(string address)
    {
        var visible = Visible(address);
        var colon = visible.IndexOf(':', StringComparison.Ordinal);
        var path = visible.IndexOfAny(['/', '?', '#']);
        return colon > 0 && (path < 0 || colon < path) ? visible[..colon].ToLowerInvariant() : null;
    }

    /// <summary>Whether the address cannot run a script: it is relative, uses a permitted scheme, or holds the data of a picture.</summary>
    public static bool IsSafe(string address) => SchemeOf(address) switch
    {
        null => !Visible(address).StartsWith("//", StringComparison.Ordinal) && !Visible(address).StartsWith('\\'),
        "data" => PictureData.Any(type => Visible(address).StartsWith(type, StringComparison.OrdinalIgnoreCase)),
        { } scheme => Schemes.Contains(scheme),
    };

    /// <summary>Whether the address has a scheme or a host of its own.</summary>
    public static bool IsRemote(string address) =>
        SchemeOf(address) is not null || Visible(address).StartsWith("//", StringComparison.Ordinal);

    /// <summary>A path in the book as a percent-encoded URL.</summary>
    public static string OfFile(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // Browsers ignore control characters, and spaces at either end: "java\nscript:" is "javascript:".
    private static string Visible(string address) => string.Concat(address.Where(character => !char.IsControl(character))).Trim();
}
