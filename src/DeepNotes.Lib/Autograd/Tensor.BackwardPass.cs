using System.Runtime.InteropServices;
using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// One walk back over the record, from a value to all that requires a gradient. What it notes down on the way is used
    /// again by the next walk of its thread: a training walks the same way at every step.
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
        private readonly HashSet<DeviceBuffer> _stays = new(ReferenceEqualityComparer.Instance);

        /// <summary>Passes d loss / d y back to every tensor that y was computed from.</summary>
        public static void Run(Tensor y, Tensor dy, bool keepTape)
        {
            var pass = _free ?? new BackwardPass();
            _free = null;
            try
            {
                pass.PassBack(y, dy, keepTape);
            }
            finally
            {
                _free = pass.Clear();
            }
        }

        private void PassBack(Tensor y, Tensor dy, bool keepTape)
        {
            FindOrder(y);
            _gradients[y] = dy;
            var takenBefore = StepMemory.Taken;
            for (var i = _order.Count - 1; i >= 0; i--)
            {
                var tensor = _order[i];
                if (!_gradients.Remove(tensor, out var gradient))
                {
                    continue;
                }

                PassOn(tensor, gradient, keepTape);
                if (tensor.Source is null || tensor.KeepsGradient)
                {
                    _stays.Add(gradient._buffer);
                }
                else if (!_stays.Contains(gradient._buffer) && !IsWaiting(gradient._buffer))
                {
                    // Inside of a training step a gradient that was passed on is done with.
                    StepMemory.GiveBack(gradient._buffer, takenBefore);
                }
            }
        }

        private void PassOn(Tensor y, Tensor dy, bool keepTape)
        {
            if (y.Source is null || y.KeepsGradient)
            {
                y.Gradient = y.Gradient is null ? dy : y.Gradient + dy;
            }

            if (y.Source is not { } source)
            {
                return;
            }

            var inputs = source.Operands;
            var pulled = source.Pull(dy);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i].RequiresGradient && pulled[i] is { } dx)
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_gradients, inputs[i], out _);
                    dx = Fit(source.Name, dx, inputs[i]);
                    sum = sum is null ? dx : sum + dx;
                }
            }

            if (!keepTape)
            {
                source.Release();
            }
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
                    _order.Add(top.Tensor);
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
            _stays.Clear();
            return this;
        }
    }
}
