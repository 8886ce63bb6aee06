namespace DeepNotes.Notebooks.Book;

/// <summary>Addresses in links and pictures: those that a page may follow.</summary>
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

    /// <summary>Whether it runs no script: an address in the page or beside it, of the network, or a picture's data.</summary>
    public static bool IsSafe(string address) => SchemeOf(address) switch
    {
        null => !Visible(address).StartsWith("//", StringComparison.Ordinal) && !Visible(address).StartsWith('\\'),
        "data" => PictureData.Any(type => Visible(address).StartsWith(type, StringComparison.OrdinalIgnoreCase)),
        { } scheme => Schemes.Contains(scheme),
    };

    /// <summary>Whether it names another machine, or a program on this one.</summary>
    public static bool IsRemote(string address) =>
        SchemeOf(address) is not null || Visible(address).StartsWith("//", StringComparison.Ordinal);

    /// <summary>A path in the book as an address.</summary>
    public static string OfFile(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // Browsers leave out control characters, and spaces at the edge: "java\nscript:" is "javascript:".
    private static string Visible(string address) => string.Concat(address.Where(character => !char.IsControl(character))).Trim();
}
