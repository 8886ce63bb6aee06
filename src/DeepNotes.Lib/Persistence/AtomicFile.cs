namespace DeepNotes;

/// <summary>Replaces a file atomically: writes a temporary file in the same folder and renames it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            var target = Path.GetFullPath(path);
            var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
            try
            {
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    write(file);

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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WeightFileException(path, null, "a file that can be written", failure.Message, failure);
        }
    }
}
