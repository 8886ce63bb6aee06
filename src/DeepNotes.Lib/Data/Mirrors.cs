using System.Security.Cryptography;

namespace DeepNotes;

/// <summary>A file that is known before it comes.</summary>
internal sealed record RemoteFile(string Name, long Size, string Sha256);

/// <summary>
/// Fetches known files from the first mirror that has them right; a file appears whole and checked or not at all.
/// </summary>
/// <param name="folders">Addresses of folders, ending in a slash.</param>
/// <param name="patience">How long a mirror may be silent.</param>
/// <param name="connecting">How long a connection may take: short, so that being offline costs little.</param>
internal sealed class Mirrors(IReadOnlyList<Uri> folders, TimeSpan patience, TimeSpan connecting)
{
    /// <summary>Fetches each file that is not in the folder yet.</summary>
    /// <exception cref="DownloadException">A file came from no mirror, or the folder cannot be written.</exception>
    public void Fetch(
        IEnumerable<RemoteFile> files,
        string folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation) => Task.Run(
            async () =>
            {
                using var connections = new SocketsHttpHandler { ConnectTimeout = connecting };
                using var client = new HttpClient(connections) { Timeout = patience };
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
        limit.CancelAfter(patience);
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

            limit.CancelAfter(patience);
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

/// <summary>How far a download has come.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Received">Bytes so far.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total);

/// <summary>No mirror gave the right file, or it could not be stored; the message has each mirror's reason.</summary>
public sealed class DownloadException(string message, Exception? cause = null) : IOException(message, cause);
