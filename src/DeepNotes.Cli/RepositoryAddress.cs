using System.Text.RegularExpressions;

namespace DeepNotes.Cli;

/// <summary>The web address of the repository that a clone came from, the target of links in the book's pages.</summary>
internal static partial class RepositoryAddress
{
    /// <summary>The web address of the remote "origin"; null without git or a remote, or where the remote has no web address.</summary>
    public static async Task<string?> OfAsync(string root, CancellationToken cancellation) =>
        Path.Exists(Path.Combine(root, ".git"))
        && await ExternalProgram.FirstLineAsync("git", ["remote", "get-url", "origin"], root, cancellation) is { } remote
            ? OfRemote(remote) : null;

    /// <summary>
    /// Converts a remote such as "https://github.com/owner/name.git", "git@github.com:owner/name.git" or
    /// "ssh://git@github.com/owner/name" to "https://github.com/owner/name"; null where that is impossible.
    /// </summary>
    public static string? OfRemote(string remote)
    {
        var match = Remote().Match(remote);
        return match.Success ? $"https://{match.Groups["host"].Value}/{match.Groups["path"].Value}" : null;
    }

    // User name and password are removed, and so is the port of SSH.
    [GeneratedRegex(@"^(?:https://(?:[^/@\s]+@)?(?<host>[a-z0-9.-]+\.[a-z]+(?::\d+)?)/|ssh://(?:[^/@\s]+@)?(?<host>[a-z0-9.-]+\.[a-z]+)(?::\d+)?/|[^/@\s]+@(?<host>[a-z0-9.-]+\.[a-z]+):)(?<path>[\w.~-]+(?:/[\w.~-]+?)+?)(?:\.git)?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();
}
