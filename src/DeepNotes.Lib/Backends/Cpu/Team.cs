using System.Runtime.InteropServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// A team of worker threads that spin, then park: a spinning worker starts a job of a few microseconds without a system call,
/// unlike one of the thread pool; a parked one uses no processor time while the notebook is idle.
/// </summary>
internal sealed class Team : IDisposable
{
    // About 50 µs: longer than the gap between two layers, too short to matter for processor load.
    private const int SpinIterations = 2000;

    [ThreadStatic]
    private static bool _isInside;

    private readonly SemaphoreSlim _parking = new(0);
    private readonly PieceRange[] _ranges;
    private Job? _job;
    private Exception? _error;
    private int _count;
    private int _size;
    private int _pieces;
    private int _completed;
    private int _jobNumber;
    private int _parked;
    private int _isBusy;
    private volatile bool _isDisposed;

    public Team(int threads)
    {
        _ranges = new PieceRange[threads];
        for (var i = 1; i < threads; i++)
        {
            var worker = i;
            new Thread(() => RunWorker(worker)) { IsBackground = true, Name = $"DeepNotes {worker}" }.Start();
        }
    }

    /// <summary>Whether this thread is running a piece, or is restricted to sequential work: nested calls run on it alone.</summary>
    public static bool IsInside => _isInside;

    public int Threads => _ranges.Length;

    /// <summary>Restricts jobs of the calling thread to that thread, until it disposes the result.</summary>
    public static IDisposable RunSequentially()
    {
        var wasInside = _isInside;
        _isInside = true;
        return new Scope(() => _isInside = wasInside);
    }

    /// <summary>
    /// Runs the piece over 0 … count-1, <paramref name="size"/> items at a time; on this thread alone while the team is busy with
    /// another job, or from within a piece.
    /// </summary>
    public void Run<TWork>(int count, int size, in TWork work, Piece<TWork> piece)
    {
        if (count <= size || Threads == 1 || _isInside || Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            Job<TWork>.RunAlone(work, piece, 0, count, size);
            return;
        }

        var job = Job<TWork>.Of(work, piece);
        try
        {
            Run(count, size, job);
        }
        finally
        {
            job.Clear();
            (_job, _error) = (null, null);
            Volatile.Write(ref _isBusy, 0);
        }
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _parking.Release(Threads);
    }

    private void Run(int count, int size, Job job)
    {
        var number = Publish(count, size, job);
        Work(0, number);
        WaitForOthers();
        if (_error is { } error)
        {
            throw new AggregateException(error);
        }
    }

    // The fields are reused for every job, without an allocation. The ranges are written first, and each has the number of its job:
    // a worker that still has the previous job's number finds no matching range, and takes no piece of the new job.
    private int Publish(int count, int size, Job job)
    {
        var (number, pieces) = (_jobNumber + 1, Cpu.Work.CeilDiv(count, size));
        for (var worker = 0; worker < Threads; worker++)
        {
            Volatile.Write(ref _ranges[worker].Next, Ticket(number, FirstPieceOf(worker, pieces)));
        }

        Interlocked.MemoryBarrier();
        (_count, _size, _pieces, _job, _completed) = (count, size, pieces, job, 0);
        Volatile.Write(ref _jobNumber, number);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) is > 0 and var parked)
        {
            _parking.Release(parked);
        }

        return number;
    }

    // Each worker has a contiguous range of pieces, the same in every job with that number of pieces: what it wrote in one layer
    // is still in its core's cache in the next. A worker that has finished its range steals from the others.
    private void Work(int worker, int number)
    {
        var wasInside = _isInside;
        _isInside = true;
        var (count, size, pieces, job) = (_count, _size, _pieces, _job);
        for (var i = 0; i < Threads; i++)
        {
            var from = (worker + i) % Threads;
            for (var next = TakePiece(from, number, pieces); next >= 0; next = TakePiece(from, number, pieces))
            {
                try
                {
                    job!.Run(next * size, Math.Min(count, (next + 1) * size));
                }
                catch (Exception error)
                {
                    _error = error;
                }

                Interlocked.Increment(ref _completed);
            }
        }

        _isInside = wasInside;
    }

    // The next piece of a worker's range, or -1 if none is left.
    private int TakePiece(int worker, int number, int pieces)
    {
        ref var next = ref _ranges[worker].Next;
        while (true)
        {
            var seen = Volatile.Read(ref next);
            var index = (int)seen;
            if (seen != Ticket(number, index) || index >= FirstPieceOf(worker + 1, pieces))
            {
                return -1;
            }

            if (Interlocked.CompareExchange(ref next, seen + 1, seen) == seen)
            {
                return index;
            }
        }
    }

    private static long Ticket(int number, int index) => ((long)number << 32) | (uint)index;

    private int FirstPieceOf(int worker, int pieces) => (int)((long)pieces * worker / Threads);

    private void WaitForOthers()
    {
        var wait = default(SpinWait);
        while (Volatile.Read(ref _completed) < _pieces)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void RunWorker(int worker)
    {
        var last = 0;
        while (!_isDisposed)
        {
            var number = WaitForJob(last);
            if (number != last)
            {
                Work(worker, number);
                last = number;
            }
        }
    }

    private int WaitForJob(int last)
    {
        for (var spin = 0; spin < SpinIterations; spin++)
        {
            if (Volatile.Read(ref _jobNumber) is var number && number != last)
            {
                return number;
            }

            Thread.SpinWait(8);
        }

        // A job published after this increment releases the semaphore; one published before it is seen by the read below.
        // Either way the caller reads the number again.
        Interlocked.Increment(ref _parked);
        if (Volatile.Read(ref _jobNumber) == last)
        {
            _parking.Wait();
        }

        Interlocked.Decrement(ref _parked);
        return last;
    }

    // Padded to two cache lines, against false sharing: processors prefetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct PieceRange
    {
        [FieldOffset(0)]
        public long Next;
    }
}
