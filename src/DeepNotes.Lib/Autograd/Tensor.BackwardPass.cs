using System.Runtime.InteropServices;
using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// One backward pass over the tape, from a value to all tensors that require a gradient, or to given tensors alone. Its collections
    /// are reused by the next pass of the same thread: every step of a training has the same graph.
    /// </summary>
    private sealed class BackwardPass
    {
        // Collections of larger graphs are not kept: clearing them takes time in proportion to their capacity.
        private const int MostKept = 1 << 14;

        [ThreadStatic]
        private static BackwardPass? _free;

        private readonly List<Tensor> _order = [];
        private readonly HashSet<Tensor> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly Stack<(Tensor Tensor, bool IsDone)> _stack = [];
        private readonly Dictionary<Tensor, Tensor> _gradients = new(ReferenceEqualityComparer.Instance);
        private readonly List<(Tensor Tensor, Tensor Gradient)> _found = [];
        private readonly OwnMemory _own = new();

        // The tensors whose gradients are requested, and those on a path from them to the value; empty if all gradients are.
        private readonly HashSet<Tensor> _wanted = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<Tensor> _leading = new(ReferenceEqualityComparer.Instance);

        /// <summary>Adds d loss / d x to the gradient of every tensor x that y was computed from.</summary>
        public static void Store(Tensor y, Tensor dy, bool keepTape, bool createGraph) => Run([], y, dy, keepTape, createGraph, static found =>
        {
            // At the end: a pass that fails leaves all gradients as they were.
            foreach (var (x, gradient) in CollectionsMarshal.AsSpan(found))
            {
                x.Gradient = x.Gradient is null ? gradient : x.Gradient + gradient;
            }

            return true;
        });

        /// <summary>d loss / d x for these alone; none is stored. What is not in the result does not lead to y.</summary>
        public static Dictionary<Tensor, Tensor> Of(Tensor y, Tensor dy, IReadOnlyList<Tensor> xs, bool keepTape, bool createGraph) => Run(
            xs, y, dy, keepTape, createGraph,
            static found => found.ToDictionary(pair => pair.Tensor, pair => pair.Gradient, (IEqualityComparer<Tensor>)ReferenceEqualityComparer.Instance));

        private static T Run<T>(
            IReadOnlyList<Tensor> wanted, Tensor y, Tensor dy, bool keepTape, bool createGraph, Func<List<(Tensor Tensor, Tensor Gradient)>, T> take)
        {
            var pass = _free ?? new BackwardPass();
            _free = null;
            try
            {
                pass._wanted.UnionWith(wanted);
                pass.PassBack(y, dy, keepTape || createGraph, createGraph);
                return take(pass._found);
            }
            finally
            {
                _free = pass.Clear();
            }
        }

        private void PassBack(Tensor y, Tensor dy, bool keepTape, bool createGraph)
        {
            FindOrder(y);
            _own.Begin();
            _gradients[y] = dy;
            var rentedBefore = StepMemory.RentedCount;
            for (var i = _order.Count - 1; i >= 0; i--)
            {
                var tensor = _order[i];
                if (!_gradients.Remove(tensor, out var gradient))
                {
                    continue;
                }

                if (IsWanted(tensor))
                {
                    _found.Add((tensor, _own.Take(gradient)));
                }

                PassOn(tensor, gradient, keepTape);
                if (!createGraph && !_own.Contains(gradient) && !IsWaiting(gradient._buffer))
                {
                    // Inside a training step a gradient that was passed on is not used again.
                    StepMemory.Return(gradient._buffer, rentedBefore);
                }
            }
        }

        private void PassOn(Tensor y, Tensor dy, bool keepTape)
        {
            if (y.Source is not { } source || !IsLedTo(source))
            {
                return;
            }

            var inputs = source.Operands;
            if (source is PartOperation part && !Recording.IsOn && inputs.Length > 0)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_gradients, inputs[0], out _);
                sum = part.AddTo(sum, dy);
            }
            else
            {
                var pulled = source.Pull(dy);
                for (var i = 0; i < inputs.Length; i++)
                {
                    if (Leads(inputs[i]) && pulled[i] is { } dx)
                    {
                        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_gradients, inputs[i], out _);
                        dx = Fit(source.Name, dx, inputs[i]);
                        sum = sum is null ? dx : sum + dx;
                    }
                }
            }

            if (!keepTape)
            {
                source.Release();
            }
        }

        private bool IsWanted(Tensor tensor) => _wanted.Count > 0 ? _wanted.Contains(tensor) : tensor.Source is null || tensor.KeepsGradient;

        private bool Leads(Tensor tensor) => tensor.RequiresGradient && (_wanted.Count == 0 || _leading.Contains(tensor));

        private bool IsLedTo(Operation source)
        {
            foreach (var input in source.Operands)
            {
                if (Leads(input))
                {
                    return true;
                }
            }

            // A released operation has no inputs left; pulling it throws.
            return source.Operands.IsEmpty;
        }

        private bool IsWaiting(DeviceBuffer buffer)
        {
            foreach (var gradient in _gradients.Values)
            {
                if (ReferenceEquals(gradient._buffer, buffer))
                {
                    return true;
                }
            }

            return false;
        }

        // A topological order of the tensors that y depends on and that require a gradient: each after its inputs. Iterative, as
        // recursion over a network of a thousand layers would overflow the thread's stack.
        private void FindOrder(Tensor y)
        {
            _stack.Push((y, false));
            while (_stack.TryPop(out var top))
            {
                if (top.IsDone)
                {
                    AddToOrder(top.Tensor);
                }
                else if (_seen.Add(top.Tensor))
                {
                    _stack.Push((top.Tensor, true));
                    foreach (var input in top.Tensor.Source is { } source ? source.Operands : [])
                    {
                        if (input.RequiresGradient)
                        {
                            _stack.Push((input, false));
                        }
                    }
                }
            }
        }

        private void AddToOrder(Tensor tensor)
        {
            if (_wanted.Count > 0)
            {
                if (!_wanted.Contains(tensor) && (tensor.Source is not { } source || !IsLedTo(source)))
                {
                    return;
                }

                _leading.Add(tensor);
            }

            _order.Add(tensor);
        }

        private BackwardPass? Clear()
        {
            if (_order.Count > MostKept)
            {
                return null;
            }

            _order.Clear();
            _seen.Clear();
            _stack.Clear();
            _gradients.Clear();
            _found.Clear();
            _own.Clear();
            _wanted.Clear();
            _leading.Clear();
            return this;
        }
    }

    /// <summary>
    /// Ensures that no two gradients of a pass share memory, whatever the pullbacks return: their upstream gradient (a sum
    /// does), one tensor twice, a reshaped view, or a tensor held elsewhere. Only gradients that do share memory are copied.
    /// </summary>
    private sealed class OwnMemory
    {
        private readonly HashSet<DeviceBuffer> _handedOut = new(ReferenceEqualityComparer.Instance);
        private long _began;

        public void Begin() => _began = DeviceBuffer.NextEvent();

        public Tensor Take(Tensor tensor)
        {
            var isOwn = tensor._buffer.CreatedAt >= _began && _handedOut.Add(tensor._buffer);
            var own = isOwn ? tensor : tensor.Copy();
            _handedOut.Add(own._buffer);
            return own;
        }

        public bool Contains(Tensor tensor) => _handedOut.Contains(tensor._buffer);

        public void Clear() => _handedOut.Clear();
    }
}
