using System.Runtime.InteropServices;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The <c>dotnet</c> host of the runtime that runs this process, regardless of the PATH.</summary>
internal static class DotnetHost
{
    private static readonly string Program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Path { get; } = Find();

    // <root>/shared/Microsoft.NETCore.App/<version>/
    private static string Find()
    {
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var beside = System.IO.Path.Combine(root, Program);
        return File.Exists(beside) ? beside : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Program;
    }
}
