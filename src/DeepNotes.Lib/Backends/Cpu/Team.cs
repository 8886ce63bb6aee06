namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Threads that wait for the next piece of work with their eyes open: a small layer takes less time than the general pool
/// needs to start. After a moment without work they sleep, so that an idle notebook costs nothing.
/// </summary>
internal sealed class Team : IDisposable
{
    // About 50 µs of looking for work: longer than the gap between two layers, shorter than anyone notices.
    private const int Looks = 2000;

    [ThreadStatic]
    private static bool _isInside;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly int _helpers;
    private Job? _job;
    private int _sleepers;
    private int _isTaken;
    private volatile bool _isDismissed;

    public Team(int threads)
    {
        _helpers = threads - 1;
        for (var i = 0; i < _helpers; i++)
        {
            new Thread(Help) { IsBackground = true, Name = $"DeepNotes {i + 1}" }.Start();
        }
    }

    public int Threads => _helpers + 1;

    /// <summary>
    /// Runs piece(start, end) over 0 … count-1 in pieces of <paramref name="size"/>, on this thread alone where the team is
    /// at work already.
    /// </summary>
    public void Run(int count, int size, Action<int, int> piece)
    {
        if (count <= size || _helpers == 0 || _isInside || Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            for (var start = 0L; start < count; start += size)
            {
                piece((int)start, (int)Math.Min(count, start + size));
            }

            return;
        }

        var job = new Job(count, size, piece);
        try
        {
            Volatile.Write(ref _job, job);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _sleepers) is > 0 and var sleepers)
            {
                _wake.Release(sleepers);
            }

            job.Work();
            job.WaitForOthers();
        }
        finally
        {
            Volatile.Write(ref _job, null);
            Volatile.Write(ref _isTaken, 0);
        }

        job.ThrowIfFailed();
    }

    /// <summary>Lets the threads go home.</summary>
    public void Dispose()
    {
        _isDismissed = true;
        _wake.Release(_helpers + 1);
    }

    private void Help()
    {
        _isInside = true;
        Job? last = null;
        while (!_isDismissed)
        {
            if (NextJob(last) is { } job)
            {
                job.Work();
                last = job;
            }
        }
    }

    private Job? NextJob(Job? last)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (Volatile.Read(ref _job) is { } job && job != last)
            {
                return job;
            }

            Thread.SpinWait(8);
        }

        // Whoever publishes a job after this line sees the sleeper and wakes it; before it, the job is seen here.
        Interlocked.Increment(ref _sleepers);
        if (Volatile.Read(ref _job) is null || Volatile.Read(ref _job) == last)
        {
            _wake.Wait();
        }

        Interlocked.Decrement(ref _sleepers);
        return null;
    }

    private sealed class Job(int count, int size, Action<int, int> piece)
    {
        private readonly int _pieces = Cpu.Work.Pieces(count, size);
        private int _next;
        private int _done;
        private Exception? _error;

        public void Work()
        {
            var wasInside = _isInside;
            _isInside = true;
            for (var i = Interlocked.Increment(ref _next) - 1; i < _pieces; i = Interlocked.Increment(ref _next) - 1)
            {
                try
                {
                    piece(i * size, Math.Min(count, (i + 1) * size));
                }
                catch (Exception error)
                {
                    _error = error;
                }

                Interlocked.Increment(ref _done);
            }

            _isInside = wasInside;
        }

        public void WaitForOthers()
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref _done) < _pieces)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        public void ThrowIfFailed()
        {
            if (_error is not null)
            {
                throw new AggregateException(_error);
            }
        }
    }
}
