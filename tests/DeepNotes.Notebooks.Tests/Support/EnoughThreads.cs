using System.Runtime.CompilerServices;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>
/// Tests of sockets and sessions wait on threads of the pool. It begins with one for each core and adds others slowly, so
/// that on a small machine a peer that should read would not have begun to.
/// </summary>
internal static class EnoughThreads
{
    [ModuleInitializer]
    internal static void Ask() => ThreadPool.SetMinThreads(32, 32);
}
