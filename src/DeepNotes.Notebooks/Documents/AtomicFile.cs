using System.Runtime.InteropServices;
using System.Text;

namespace DeepNotes.Notebooks.Documents;

/// <summary>
/// Writes a temporary file beside the target and renames it, so that a reader sees the old file or the new one. The file
/// keeps its mode; a symbolic link is kept and its target written. A file that would lose something in a rename (other
/// hard links, another owner, an access control list) is overwritten in place, while the temporary file holds the new bytes.
/// </summary>
public static class AtomicFile
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <inheritdoc cref="WriteAllBytes"/>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Writes the file that the path resolves to. On failure the old file is kept.</summary>
    /// <param name="path">The file; its folder is created when it is missing.</param>
    /// <param name="bytes">The new content.</param>
    /// <param name="copyOf">A file whose permissions a new file takes over; null for the default mode.</param>
    /// <exception cref="IOException">Read-only, a folder, a link that leads nowhere, or the disk is full.</exception>
    public static void WriteAllBytes(string path, byte[] bytes, string? copyOf = null)
    {
        var target = RequireWritable(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var old = new FileInfo(target);
        var temporary = WriteBeside(old, bytes, ModeFor(old, copyOf));
        try
        {
            if (!TryRename(temporary, old))
            {
                WriteInPlace(target, bytes);
            }
        }
        finally
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>Checks that the file can be written, without changing it; a missing file passes.</summary>
    /// <returns>The file that the path resolves to.</returns>
    /// <exception cref="IOException">The file cannot be written; the message gives the reason.</exception>
    public static string RequireWritable(string path)
    {
        var target = RealPath.Of(path);
        var shown = new FileInfo(path).LinkTarget is null ? path : $"{path}: the link leads to {target}, which";
        if (Directory.Exists(target))
        {
            throw new IOException($"{shown} is a folder; expected a file.");
        }

        if (!File.Exists(target))
        {
            return shown == path || Directory.Exists(Path.GetDirectoryName(target))
                ? target
                : throw new IOException($"{shown} is in a folder that does not exist.");
        }

        if (IsDeviceOrPipe(target))
        {
            throw new IOException($"{shown} is a device or a pipe; expected a file.");
        }

        // The superuser may write to every file; the mode records the owner's intention.
        if (OperatingSystem.IsWindows() ? new FileInfo(target).IsReadOnly : (File.GetUnixFileMode(target) & Writable) == 0)
        {
            throw new IOException($"{shown} is read-only, so it is not written. Make it writable, or use a copy.");
        }

        try
        {
            using var probe = File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{shown} cannot be written: {error.Message}", error);
        }

        return target;
    }

    /// <summary>Whether reading the path could block for ever or never end; only Linux tells without opening it.</summary>
    internal static bool IsDeviceOrPipe(string path) =>
        OperatingSystem.IsLinux() && !Directory.Exists(path) && Status(path) is { IsRegular: false };

    /// <returns>The temporary file; null where no file can be created in the folder.</returns>
    private static string? WriteBeside(FileInfo old, byte[] bytes, UnixFileMode? mode)
    {
        // Not derived from the target's name, which may already have the maximum length.
        var temporary = Path.Combine(old.DirectoryName!, $".deepnotes-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            // Set at creation, so that no other user can read the content even for a moment.
            options.UnixCreateMode = mode;
        }

        try
        {
            using var file = new FileStream(temporary, options);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            if (mode is { } exact && !OperatingSystem.IsWindows())
            {
                // Set again, because the umask was applied at creation.
                File.SetUnixFileMode(file.SafeFileHandle, exact);
            }
        }
        catch (UnauthorizedAccessException) when (old.Exists)
        {
            return null;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }

    private static UnixFileMode? ModeFor(FileInfo old, string? copyOf) =>
        OperatingSystem.IsWindows() ? null
        : old.Exists ? old.UnixFileMode
        : File.Exists(copyOf) ? File.GetUnixFileMode(copyOf) | UnixFileMode.UserWrite
        : null;

    private static bool TryRename(string? temporary, FileInfo old)
    {
        if (temporary is null || (old.Exists && !IsReplaceable(old.FullName, temporary)))
        {
            return false;
        }

        try
        {
            if (old.Exists && OperatingSystem.IsWindows())
            {
                // Keeps attributes and access control list, which a move does not.
                File.Replace(temporary, old.FullName, null);
            }
            else
            {
                File.Move(temporary, old.FullName, overwrite: true);
            }

            return true;
        }
        catch (Exception error) when (old.Exists && error is IOException or UnauthorizedAccessException)
        {
            // A single file that is a mount point, as in containers, can be written but not replaced.
            return false;
        }
    }

    private static void WriteInPlace(string target, byte[] bytes)
    {
        var old = File.ReadAllBytes(target);
        using var file = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.Read);
        try
        {
            Put(bytes);
        }
        catch (IOException)
        {
            Put(old);
            throw;
        }

        void Put(byte[] content)
        {
            file.Position = 0;
            file.Write(content);
            file.SetLength(content.Length);
            file.Flush(flushToDisk: true);
        }
    }

    // A replacement file has one link, this process's owner and no access control list.
    private static bool IsReplaceable(string target, string temporary)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        return OperatingSystem.IsLinux()
            && Status(target) is { Links: 1 } old && Status(temporary) is { } fresh
            && (old.Owner, old.Group) == (fresh.Owner, fresh.Group)
            && GetExtendedAttribute(target, "system.posix_acl_access", 0, 0) < 0;
    }

    private static FileStatus? Status(string path)
    {
        const int CurrentDirectory = -100;
        const uint TypeLinksAndOwner = 0x01 | 0x04 | 0x08 | 0x10;
        return StatX(CurrentDirectory, path, 0, TypeLinksAndOwner, out var status) == 0 ? status : null;
    }

    // .NET has no public API for a file's owner and link count; the layout of statx is the same on every architecture.
    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "getxattr")]
    private static extern nint GetExtendedAttribute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, nint value, nint size);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        public readonly bool IsRegular => (Mode & 0xF000) == 0x8000;
    }
}
