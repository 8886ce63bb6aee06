using System.Security.Cryptography;

namespace DeepNotes;

/// <summary>A file to download, with its known size and hash.</summary>
internal sealed record RemoteFile(string Name, long Size, string Sha256);

/// <summary>
/// Downloads files from the first mirror that serves them correctly. A file is stored only once it is complete and its hash
/// is verified.
/// </summary>
/// <param name="folders">Addresses of folders, ending in a slash.</param>
/// <param name="timeout">The time limit for each block of a response.</param>
/// <param name="connectTimeout">The time limit for connecting: short, to fail fast without a network.</param>
internal sealed class Mirrors(IReadOnlyList<Uri> folders, TimeSpan timeout, TimeSpan connectTimeout)
{
    /// <summary>Downloads each file that is not in the folder yet.</summary>
    /// <exception cref="DownloadException">No mirror served a file, or the folder cannot be written.</exception>
    public void Fetch(
        IEnumerable<RemoteFile> files,
        string folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation) => Task.Run(
            async () =>
            {
                using var connections = new SocketsHttpHandler { ConnectTimeout = connectTimeout };
                using var client = new HttpClient(connections) { Timeout = timeout };
                foreach (var file in files.Where(file => !IsThere(file, folder)))
                {
                    await FetchAsync(client, file, folder, progress, cancellation).ConfigureAwait(false);
                }
            },
            cancellation).GetAwaiter().GetResult();

    private static bool IsThere(RemoteFile file, string folder)
    {
        var path = Path.Combine(folder, file.Name);
        if (!File.Exists(path))
        {
            return false;
        }

        using var stored = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stored)) == file.Sha256;
    }

    private async Task FetchAsync(
        HttpClient client,
        RemoteFile file,
        string folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Name);
        var temporary = Path.Combine(folder, $".{file.Name}.{Guid.NewGuid():N}.tmp");
        var reasons = new List<string>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var mirror in folders)
            {
                try
                {
                    var address = new Uri(mirror, file.Name);
                    await ReceiveAsync(client, address, file, temporary, progress, cancellation).ConfigureAwait(false);
                    File.Move(temporary, path, overwrite: true);
                    return;
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException)
                {
                    reasons.Add($"{mirror.Host}: {failure.Message}");
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    reasons.Add($"{mirror.Host}: no answer within the time limit");
                }
            }
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new DownloadException(
                $"Download of {file.Name}: a folder that can be written expected, got {folder} ({failure.Message})", failure);
        }
        finally
        {
            DeleteIfThere(temporary);
        }

        throw new DownloadException($"Download of {file.Name} failed: {string.Join("; ", reasons)}.");
    }

    private async Task ReceiveAsync(
        HttpClient client,
        Uri address,
        RemoteFile file,
        string path,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using var response = await client
            .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
        using var target = File.Create(path);
        var buffer = new byte[1 << 16];
        long received = 0;
        while (received <= file.Size)
        {
            var read = await content.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            limit.CancelAfter(timeout);
            received += read;
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
            progress?.Report(new DownloadProgress(file.Name, received, file.Size));
        }

        Check(file, received, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Check(RemoteFile file, long received, string sha256)
    {
        if (received != file.Size)
        {
            throw new IOException($"{file.Size} bytes expected, got {(received > file.Size ? "more" : $"{received}")}");
        }

        if (sha256 != file.Sha256)
        {
            throw new IOException($"SHA-256 {file.Sha256} expected, got {sha256}");
        }
    }

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}

/// <summary>The progress of a download.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Received">The number of bytes received.</param>
/// <param name="Total">The total number of bytes.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total);

/// <summary>Thrown when no mirror served the expected file, or it could not be stored; the message lists the failure of each mirror.</summary>
public sealed class DownloadException(string message, Exception? cause = null) : IOException(message, cause);
