using System.Runtime.InteropServices;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Folders that only the current user can write to, whose content can therefore be trusted. A folder that another user could
/// have created, or can modify, is rejected.
/// </summary>
internal static class PrivateFolder
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int ModeBits = 0x1FF;
    private const int TypeBits = 0xF000;
    private const int DirectoryType = 0x4000;

    /// <summary>Creates the folder with mode 0700, or checks an existing one.</summary>
    /// <exception cref="ReferenceException">A link, owned by another user, or writable by others.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static string Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // On Windows a user's profile folder is accessible to that user only.
            return Directory.CreateDirectory(path).FullName;
        }

        if (LStat(path, out var file) != 0)
        {
            Directory.CreateDirectory(path, OnlyOwner);
            if (LStat(path, out file) != 0)
            {
                throw new IOException($"{path}: cannot be read.");
            }
        }

        return Fault(file) is { } fault
            ? throw new ReferenceException(
                $"{path}: expected a folder that only you can write to, got {fault}: remove it, or set XDG_CACHE_HOME to another folder.")
            : path;
    }

    private static string? Fault(FileStatus file) =>
        (file.Mode & TypeBits) != DirectoryType ? "a link or a file"
        : file.Uid != GetEffectiveUserId() ? $"one of another user (id {file.Uid})"
        : ((UnixFileMode)(file.Mode & ModeBits) & WritableByOthers) != 0 ? $"one that others can write to (mode {Convert.ToString(file.Mode & ModeBits, 8)})"
        : null;

    // .NET has no public API for a file's owner; this is the runtime's portable wrapper of lstat.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat", SetLastError = true)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out FileStatus file);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    private static extern uint GetEffectiveUserId();

    // The beginning of the runtime's FileStatus (pal_io.h), with room for the rest of it.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
        public uint Uid;
        public uint Gid;
    }
}
