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
            var member = i + 1;
            new Thread(() => Help(member)) { IsBackground = true, Name = $"DeepNotes {member}" }.Start();
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

        var job = new Job(count, size, piece, Threads);
        try
        {
            Volatile.Write(ref _job, job);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _sleepers) is > 0 and var sleepers)
            {
                _wake.Release(sleepers);
            }

            job.Work(0);
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

    private void Help(int member)
    {
        _isInside = true;
        Job? last = null;
        while (!_isDismissed)
        {
            if (NextJob(last) is { } job)
            {
                job.Work(member);
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

    // Each member has a share of neighbouring pieces, the same in every job of as many pieces: what it wrote in one layer
    // is still in its own cache in the next. Who is through with its share takes from the others.
    private sealed class Job(int count, int size, Action<int, int> piece, int members)
    {
        private readonly int _pieces = Cpu.Work.Pieces(count, size);
        private readonly int[] _taken = new int[members];
        private int _done;
        private Exception? _error;

        public void Work(int member)
        {
            var wasInside = _isInside;
            _isInside = true;
            for (var i = 0; i < members; i++)
            {
                WorkOnShareOf((member + i) % members);
            }

            _isInside = wasInside;
        }

        private void WorkOnShareOf(int member)
        {
            var end = Share(member + 1);
            for (var i = Share(member) + Next(member); i < end; i = Share(member) + Next(member))
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
        }

        private int Share(int member) => (int)((long)_pieces * member / members);

        private int Next(int member) => Interlocked.Increment(ref _taken[member]) - 1;

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
