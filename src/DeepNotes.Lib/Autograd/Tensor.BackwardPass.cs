using System.Runtime.InteropServices;
using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// One walk back over the record, from a value to all that requires a gradient, or to some tensors alone. What it notes
    /// down on the way is used again by the next walk of its thread: a training walks the same way at every step.
    /// </summary>
    private sealed class BackwardPass
    {
        // Notes of larger graphs would be kept for nothing, and cleared at length.
        private const int MostKept = 1 << 14;

        [ThreadStatic]
        private static BackwardPass? _free;

        private readonly List<Tensor> _order = [];
        private readonly HashSet<Tensor> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly Stack<(Tensor Tensor, bool IsDone)> _stack = [];
        private readonly Dictionary<Tensor, Tensor> _gradients = new(ReferenceEqualityComparer.Instance);
        private readonly List<(Tensor Tensor, Tensor Gradient)> _found = [];
        private readonly OwnMemory _own = new();

        // The tensors whose gradients are asked for, and all that leads from them to the value; unused where all are.
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
                    // Inside of a training step a gradient that was passed on is done with.
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

            // One that was released has no inputs left, and says so when it is pulled.
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

        // Every tensor that leads to y and requires a gradient, each behind all that it was computed from. The walk keeps
        // its own stack: a network of a thousand layers must not overflow the thread's.
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
    /// Sees to it that each tensor which a pass hands out has memory of its own, whatever its pullbacks return: their own
    /// upstream gradient (a sum does), one tensor twice, a reshaped view, or one that somebody holds. Only what is really
    /// shared is copied.
    /// </summary>
    private sealed class OwnMemory
    {
        private readonly HashSet<DeviceBuffer> _handedOut = new(ReferenceEqualityComparer.Instance);
        private long _began;

        public void Begin() => _began = DeviceBuffer.NextEvent();

        public Tensor Take(Tensor tensor)
        {
            var isOwn = tensor._buffer.Made >= _began && _handedOut.Add(tensor._buffer);
            var own = isOwn ? tensor : tensor.Copy();
            _handedOut.Add(own._buffer);
            return own;
        }

        public bool Contains(Tensor tensor) => _handedOut.Contains(tensor._buffer);

        public void Clear() => _handedOut.Clear();
    }
}
