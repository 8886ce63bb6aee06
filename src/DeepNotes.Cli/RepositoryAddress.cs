using System.Text.RegularExpressions;

namespace DeepNotes.Cli;

/// <summary>The web page of the repository that a clone came from: the book's pages lead there.</summary>
internal static partial class RepositoryAddress
{
    /// <summary>By the remote "origin"; null without git or a remote, or where the remote is no address of the web.</summary>
    public static async Task<string?> OfAsync(string root, CancellationToken cancellation) =>
        Path.Exists(Path.Combine(root, ".git"))
        && await ProgramAnswer.FirstLineAsync("git", ["remote", "get-url", "origin"], root, cancellation) is { } remote
            ? OfRemote(remote) : null;

    /// <summary>"https://github.com/owner/name" of that with ".git", of "git@github.com:owner/name.git" and of "ssh://git@github.com/owner/name".</summary>
    public static string? OfRemote(string remote)
    {
        var match = Remote().Match(remote);
        return match.Success ? $"https://{match.Groups["host"].Value}/{match.Groups["path"].Value}" : null;
    }

    // A name or password before the host is left out, and so is the port of SSH.
    [GeneratedRegex(@"^(?:https://(?:[^/@\s]+@)?(?<host>[a-z0-9.-]+\.[a-z]+(?::\d+)?)/|ssh://(?:[^/@\s]+@)?(?<host>[a-z0-9.-]+\.[a-z]+)(?::\d+)?/|[^/@\s]+@(?<host>[a-z0-9.-]+\.[a-z]+):)(?<path>[\w.~-]+(?:/[\w.~-]+?)+?)(?:\.git)?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();
}
