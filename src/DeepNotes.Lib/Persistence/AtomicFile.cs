namespace DeepNotes;

/// <summary>Replaces a file atomically: writes a temporary file in the same folder and renames it. After a failure the old file is unchanged.</summary>
internal static class AtomicFile
{
    /// <summary>Writes content, which may be a span.</summary>
    public static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write)
        where TContent : allows ref struct
    {
        var target = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(file, content);

                // On the disk before the old file is replaced, so that a power failure cannot lose both.
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a file of weights: every failure is a <see cref="WeightFileException"/>.</summary>
    public static void WriteWeights(string path, Action<Stream> write)
    {
        try
        {
            Write(path, write, static (file, write) => write(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WeightFileException(path, null, "a file that can be written", failure.Message, failure);
        }
    }
}
