using System.Runtime.InteropServices;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Folders that only the user of this process can write to. What lies in one was put there by this user; a folder that
/// somebody else could have made, or can change, is refused.
/// </summary>
internal static class OwnFolder
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int ModeBits = 0x1FF;
    private const int TypeBits = 0xF000;
    private const int DirectoryType = 0x4000;

    /// <summary>Makes the folder with mode 0700, or checks the one that is there.</summary>
    /// <exception cref="ReferenceException">A link, another user's, or writable by others.</exception>
    /// <exception cref="IOException">It can't be made here.</exception>
    public static string Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // The profile folder of a user admits only that user.
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
                $"{path}: expected a folder that only you can write to, got {fault}: remove it, or set XDG_CACHE_HOME to a folder of yours.")
            : path;
    }

    private static string? Fault(FileStatus file) =>
        (file.Mode & TypeBits) != DirectoryType ? "a link or a file"
        : file.Uid != GetEffectiveUserId() ? $"one of another user (id {file.Uid})"
        : ((UnixFileMode)(file.Mode & ModeBits) & WritableByOthers) != 0 ? $"one that others can write to (mode {Convert.ToString(file.Mode & ModeBits, 8)})"
        : null;

    // .NET has no public way to the owner of a file; this is its own portable form of lstat.
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
