using DeepNotes.Functions;

namespace DeepNotes.Backends;

/// <summary>
/// The primitives of a device: patterns of computation, not layers. The rest of the library uses these alone, so that a new device
/// is one class, and <see cref="Device.Plain"/>, the reference implementation, is the oracle for all others. Callers have checked
/// the shapes; a backend does not check its arguments.
/// </summary>
public interface IBackend
{
    /// <summary>The name in messages: "cpu".</summary>
    string Name { get; }

    /// <summary>New, uninitialised memory: the caller writes all of it.</summary>
    DeviceBuffer Allocate(int length);

    /// <summary>y = values, from the host.</summary>
    void Upload(ReadOnlySpan<float> values, DeviceBuffer y);

    /// <summary>values = x, to the host.</summary>
    void Download(DeviceBuffer x, Span<float> values);

    /// <summary>y = value everywhere.</summary>
    void Fill(DeviceBuffer y, float value);

    /// <summary>y[to(i)] = x[from(i)]: permute, repeat, slice, pad, concatenate.</summary>
    void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to);

    /// <summary>y = f(x), element by element.</summary>
    void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp;

    /// <summary>dx = dy · f′(x), with y = f(x) at hand because many derivatives are shorter in y.</summary>
    void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp;

    /// <summary>y[i] = f(a[i·aStrides], b[i·bStrides]) over <paramref name="lengths"/>: strides of 0 broadcast. y may be an operand of its own strides.</summary>
    void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp;

    /// <summary>y[o, i] = f over c of x[o, c, i], for x as [outer, count, inner].</summary>
    void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp;

    /// <summary>
    /// C[i] = op(A[i])·op(B[i]) + bias for i &lt; <paramref name="count"/>, with op(A) [m, k], op(B) [k, n] and C [m, n]; a
    /// transposed operand is stored as its transpose. The matrices of an operand follow each other in memory, unless it is one
    /// matrix that is broadcast to all products. The bias [n], if given, is added to each row.
    /// </summary>
    void MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null);

    /// <summary>y[n, (c, p, q), (i, j)] = what tap (p, q) of the window sees at (i, j) of image x[n, c]; 0 in the padding.</summary>
    void Unfold(DeviceBuffer x, Window window, DeviceBuffer y);

    /// <summary>x[n, c, ·, ·] = the sum of all y that <see cref="Unfold"/> would take from there; its gradient.</summary>
    void Fold(DeviceBuffer y, Window window, DeviceBuffer x);

    /// <summary>y[n, f, i, j] = Σ over the taps of what the window sees in x at (i, j), times w[f, ·, ·, ·]; w [F, C/groups, KH, KW].</summary>
    void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y);

    /// <summary>dx of <see cref="Convolve"/>: each dy times w, added up where the window took it from.</summary>
    void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx);

    /// <summary>dw of <see cref="Convolve"/>: each dy times what the window saw.</summary>
    void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw);

    /// <summary>y[n, c, i, j] = the largest value in the window at (i, j); padding does not count.</summary>
    void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y);

    /// <summary>dx = dy where the largest value was (the first one among equals), 0 elsewhere.</summary>
    void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx);

    /// <summary>
    /// For x [images, channels, positions]: μ and the biased σ² of each channel, and y = scale·(x - μ)/√(σ² + ε) + shift with
    /// one scale and shift for each channel; max(0, y) where it <paramref name="rectifies"/>.
    /// </summary>
    void Normalize(Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y);

    /// <summary>
    /// With x̂ = (x - μ)/√(σ² + ε): dShift = Σ dy, dScale = Σ dy·x̂, dx = scale/√(σ² + ε)·(dy - mean(dy) - x̂·mean(dy·x̂)).
    /// Where it <paramref name="rectifies"/>, dy counts where scale·x̂ + shift &gt; 0 and is 0 elsewhere.
    /// </summary>
    void NormalizeGradient(Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift);

    /// <summary>For rows x [rows, count]: y = x - max x - ln Σ e^(x - max x), each row by itself.</summary>
    void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count);

    /// <summary>dx = dy - eʸ·Σ dy, each row by itself; the gradient of <see cref="LogSoftmax"/>.</summary>
    void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count);

    /// <summary>
    /// For rows x [N, count] and p = softmax(x): d[n, i] = p[n, i] - [i = labels[n]], and y[n] = -weights[n]·ln p[n, labels[n]],
    /// computed from x: never the logarithm of a rounded zero or one. All weights are 1 where none are given.
    /// </summary>
    void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count);

    /// <summary>dx[n, i] = factor·dy·weights[n]·d[n, i], with one dy for all rows or one for each; the gradient of <see cref="CrossEntropy"/>.</summary>
    void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count);

    /// <summary>
    /// A step of an LSTM, with s = fromHidden [N, 4H] + bias [4H]: of the step's gates [T, N, 4H], which hold what comes from
    /// the input, i, f and o become σ(· + s) and g tanh(· + s); from c = cells[t] and h = states[t] follow
    /// cells[t + 1] = c′ = f⊙c + i⊙g and states[t + 1] = h′ = o⊙tanh(c′).
    /// </summary>
    void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states);

    /// <summary>
    /// With dh = dHidden [N, H] + dStates[t + 1]: dc′ += dh⊙o⊙(1 - tanh²(c′)), then dGates of the step, each times its
    /// derivative: dc′⊙g, dc′⊙c, dc′⊙i, dh⊙tanh(c′); and dCell, which held dc′, becomes dc = dc′⊙f.
    /// </summary>
    void LstmStepGradient(CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates);

    /// <summary>One optimizer step: updates each weight from its gradient and its state in a and b; all but g change in place.</summary>
    void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp;

    /// <summary>y[i, :] = x[indices[i], :], rows of <paramref name="width"/> floats.</summary>
    void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y);

    /// <summary>y[indices[i], :] += x[i, :], those of one index in the order of i; the gradient of <see cref="Gather"/>.</summary>
    void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y);
}

/// <summary>A tensor seen as [images, channels, positions], to be normalised over all but the channels.</summary>
/// <param name="Images">Images.</param>
/// <param name="Count">Channels.</param>
/// <param name="Positions">Values of a channel of an image.</param>
public readonly record struct Channels(int Images, int Count, int Positions)
{
    /// <summary>Values of a channel in all images.</summary>
    public int Values => Images * Positions;
}

/// <summary>One step of a recurrent cell in buffers that hold all steps consecutively.</summary>
/// <param name="Index">Which step, from 0 on.</param>
/// <param name="Samples">N, the samples that take the step together.</param>
/// <param name="Hidden">H, the values of a sample's state.</param>
public readonly record struct CellStep(int Index, int Samples, int Hidden)
{
    /// <summary>N·H: the values of a state.</summary>
    public int StateLength => Samples * Hidden;

    /// <summary>The offset of the state that this step starts from.</summary>
    public int PreviousState => Index * StateLength;

    /// <summary>The offset of the state that this step gives.</summary>
    public int NextState => PreviousState + StateLength;

    /// <summary>The offset of a sample's gates in this step: four blocks of H values.</summary>
    public int Gates(int sample) => 4 * (PreviousState + sample * Hidden);
}
