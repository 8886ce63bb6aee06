using DeepNotes.Backends;
using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>
/// An array of float32 with a shape, stored row-major without gaps on a device. Operations on tensors that require a
/// gradient are recorded, so that <see cref="Backward(bool, bool)"/> can differentiate them.
/// </summary>
public sealed partial class Tensor
{
    private readonly DeviceBuffer _buffer;
    private readonly int _lease;

    internal Tensor(Shape shape, Device device, DeviceBuffer buffer)
    {
        Shape = shape;
        Device = device;
        (_buffer, _lease) = (buffer, buffer.Lease);
    }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>Where the values are.</summary>
    public Device Device { get; }

    /// <summary>The number of elements.</summary>
    public int Length => Shape.Elements;

    /// <summary>The memory, to be read, or to be written by the operation that makes this tensor.</summary>
    internal DeviceBuffer Buffer
    {
        get
        {
            if (_buffer.Lease != _lease)
            {
                throw new InvalidOperationException(
                    $"A tensor {Shape} was used after the training step that made it: its memory serves another tensor now. Read it inside of the step, or Keep() it there.");
            }

            Operation.CheckRead(_buffer, Shape);
            return _buffer;
        }
    }

    /// <summary>The memory, to be changed in place: a pullback that needs the earlier values refuses the new ones.</summary>
    internal DeviceBuffer BufferToChange
    {
        get
        {
            var buffer = Buffer;
            buffer.MarkChanged();
            return buffer;
        }
    }

    /// <summary>Whether the values were changed in place since they were made.</summary>
    internal bool IsChanged => _buffer.ChangedAt > _buffer.CreatedAt;

    internal IBackend Backend => Device.Backend;

    /// <summary>One element, copied to the host.</summary>
    /// <exception cref="ShapeException">The number of indices is not the number of axes.</exception>
    public float this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.Length != Shape.Count)
            {
                throw new ShapeException($"Tensor index: expected {Shape.Count} indices for shape {Shape}, got {index.Length}.");
            }

            var offset = 0;
            for (var i = 0; i < index.Length; i++)
            {
                if ((uint)index[i] >= (uint)Shape[i])
                {
                    throw new ShapeException($"Tensor index: {index[i]} is outside axis {i} of shape {Shape}.");
                }

                offset = offset * Shape[i] + index[i];
            }

            return Read([], new View(offset, [], [])).ToArray()[0];
        }
    }

    /// <summary>The values, row-major, copied to the host.</summary>
    public float[] ToArray()
    {
        var values = new float[Length];
        Backend.Download(Buffer, values);
        return values;
    }

    /// <summary>The one value of a tensor of one element: a loss, for example.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public float ToSingle()
    {
        if (Length != 1)
        {
            throw new ShapeException($"ToSingle: expected one element, got shape {Shape}.");
        }

        var value = 0f;
        Backend.Download(Buffer, new Span<float>(ref value));
        return value;
    }

    /// <summary>
    /// The same values without their recorded history, in the same memory: changing one in place changes the
    /// other. <see cref="Keep"/> makes a copy.
    /// </summary>
    public Tensor Detach() => new(Shape, Device, Buffer);

    /// <summary>A copy of the values that outlives a training step, without the record of where they came from.</summary>
    public Tensor Keep()
    {
        using (StepMemory.Suspend())
        {
            return Read(Shape, Whole());
        }
    }

    /// <summary>A copy on a device.</summary>
    public Tensor To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return From(ToArray(), Shape, device);
    }

    /// <summary>
    /// Overwrites the values in place, outside the record: how an optimizer moves a parameter. A backward pass that needs
    /// the values of before throws.
    /// </summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Assign(Tensor values)
    {
        if (values.Shape != Shape)
        {
            throw new ShapeException($"Assign: expected {Shape}, got {values.Shape}.");
        }

        CheckDevice("Assign", values);
        var all = new View(0, [Length], [1]);
        Backend.Copy(values.Buffer, all, BufferToChange, all);
    }

    /// <summary>this ← a·this + b·other in place, outside the record: how a running mean moves.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    internal void Mix(float a, Tensor other, float b)
    {
        if (other.Shape != Shape)
        {
            throw new ShapeException($"Mix: expected {Shape}, got {other.Shape}.");
        }

        CheckDevice("Mix", other);
        Backend.Zip(new WeightedSum(a, b), Buffer, [1], other.Buffer, [1], BufferToChange, [Length]);
    }

    internal static Tensor Empty(Shape shape, Device device) => new(shape, device, StepMemory.Allocate(device, shape.Elements));

    internal void CheckDevice(string operation, Tensor other)
    {
        if (other.Device != Device)
        {
            throw new InvalidOperationException(
                $"{operation}: the operands are on {Device} and {other.Device}; move one with To(device).");
        }
    }
}
