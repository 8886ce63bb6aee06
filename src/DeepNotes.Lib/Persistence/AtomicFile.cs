namespace DeepNotes;

/// <summary>Writes beside the target under a temporary name and renames: a reader sees the old file or the new one.</summary>
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

                    // On the disk before the old file goes, so that not even a power cut loses both.
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
