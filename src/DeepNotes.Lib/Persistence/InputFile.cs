using Microsoft.Win32.SafeHandles;

namespace DeepNotes;

/// <summary>A file for random access; every failure is a <see cref="WeightFileException"/>.</summary>
internal sealed class InputFile : IDisposable
{
    private const int ShownFiles = 5;

    private readonly SafeFileHandle _handle;

    private InputFile(string path, SafeFileHandle handle, long length) => (Path, _handle, Length) = (path, handle, length);

    public string Path { get; }

    public long Length { get; }

    public static InputFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new WeightFileException(path, null, "a file", "a folder");
        }

        if (!File.Exists(path))
        {
            throw new WeightFileException(path, null, "a file", $"none; {Suggestion(path)}");
        }

        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            return new InputFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            throw new WeightFileException(path, null, "a file that can be read", failure.Message, failure);
        }
    }

    /// <summary>Fills the span with the bytes at a position of the file.</summary>
    public void Read(Span<byte> bytes, long position)
    {
        try
        {
            for (var done = 0; done < bytes.Length;)
            {
                var read = RandomAccess.Read(_handle, bytes[done..], position + done);
                if (read == 0)
                {
                    throw new WeightFileException(
                        Path, null, $"{Length} bytes", $"{position + done}: the file was cut while it was read");
                }

                done += read;
            }
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not WeightFileException))
        {
            throw new WeightFileException(Path, null, "a file that can be read", failure.Message, failure);
        }
    }

    public void Dispose() => _handle.Dispose();

    // The files that the caller may have meant.
    private static string Suggestion(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            return $"there is no folder {folder}";
        }

        var pattern = $"*{System.IO.Path.GetExtension(path)}";
        var names = Directory.EnumerateFiles(folder, pattern).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0
            ? $"folder {folder} has no {pattern}"
            : $"folder {folder} has {string.Join(", ", names.Take(ShownFiles))}{(names.Count > ShownFiles ? ", …" : "")}";
    }
}
