using System.Runtime.CompilerServices;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>
/// Raises the minimum size of the thread pool: tests of sockets and sessions block pool threads, and on a small machine
/// the pool would add threads too slowly for all peers to read.
/// </summary>
internal static class ThreadPoolSetup
{
    [ModuleInitializer]
    internal static void SetMinThreads() => ThreadPool.SetMinThreads(32, 32);
}
