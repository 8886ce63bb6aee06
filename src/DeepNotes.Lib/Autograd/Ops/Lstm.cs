using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// A long short-term memory over a sequence x [N, T, I] as one operation: the steps' formula and derivative are
    /// <see cref="LSTM"/>'s. Only h·W_hhᵀ and da·W_hh wait for their step. With the gradients da of all steps' sums at hand,
    /// dW_ih = Σ daᵀ·x, dW_hh = Σ daᵀ·h, db = Σ da and dx = da·W_ih are one product each.
    /// </summary>
    /// <param name="weightIh">W_ih [4H, I].</param>
    /// <param name="weightHh">W_hh [4H, H].</param>
    /// <param name="bias">b [4H].</param>
    /// <param name="hidden">h₀ [N, H].</param>
    /// <param name="cell">c₀ [N, H].</param>
    /// <returns>[T + 2, N, H]: h₀ to h_T, and c_T.</returns>
    internal Tensor Lstm(Tensor weightIh, Tensor weightHh, Tensor bias, Tensor hidden, Tensor cell)
    {
        var (n, steps, h) = (Shape[0], Shape[1], hidden.Shape[1]);
        var (states, cells) = (Empty([steps + 2, n, h], Device), Empty([steps + 1, n, h], Device));
        states.Store(0, hidden);
        cells.Store(0, cell);
        Tensor x, gates;
        using (Recording.Pause())
        {
            x = Permute(1, 0, 2).Reshape(steps * n, Shape[2]);
            gates = x.MatMul(weightIh, transposeB: true);
            ForwardSteps(weightHh, bias, gates, cells, states);
        }

        states.Store(steps + 1, cells, steps);
        return Record("Lstm", states, [this, weightIh, weightHh, bias, hidden, cell], dStates =>
        {
            if (Recording.IsOn)
            {
                return LstmGradient([this, weightIh, weightHh, bias, hidden, cell], dStates);
            }

            var (da, dHidden, dCell) = BackwardSteps(weightHh, gates, cells, dStates);
            var dHh = Empty(weightHh.Shape, Device);
            Backend.MatrixProduct(new MatrixView(da.Buffer, true, true), new MatrixView(states.Buffer, false, true), dHh.Buffer, 1, 4 * h, steps * n, h);
            var dx = RequiresGradient ? da.MatMul(weightIh).Reshape(steps, n, Shape[2]).Permute(1, 0, 2) : null;
            return [dx, da.MatMul(x, transposeA: true), dHh, da.Sum(0), dHidden, dCell];
        });
    }

    // The same once more in operations that have derivatives, step by step, and differentiated: twice the work.
    private static Tensor?[] LstmGradient(Tensor[] inputs, Tensor dStates)
    {
        // Each is treated as independent: one input may be computed from another.
        Tensor[] own = [.. inputs.Select(input => input.Copy())];
        Tensor[] varied = [.. own.Where(input => input.RequiresGradient)];
        var gradients = new Queue<Tensor>(Gradients(LstmByStep(own[0], own[1], own[2], own[3], own[4], own[5]), varied, dStates, createGraph: true));
        return [.. own.Select(input => input.RequiresGradient ? gradients.Dequeue() : null)];
    }

    private static Tensor LstmByStep(Tensor x, Tensor weightIh, Tensor weightHh, Tensor bias, Tensor hidden, Tensor cell)
    {
        var (n, steps) = (x.Shape[0], x.Shape[1]);
        var fromInputs = x.Permute(1, 0, 2).Reshape(steps * n, x.Shape[2]).MatMul(weightIh, bias, transposeB: true).Split(0, steps);
        var states = new List<Tensor> { hidden };
        foreach (var fromInput in fromInputs)
        {
            var gates = (fromInput + hidden.MatMul(weightHh, transposeB: true)).Split(1, 4);
            cell = gates[1].Sigmoid() * cell + gates[0].Sigmoid() * gates[2].Tanh();
            hidden = gates[3].Sigmoid() * cell.Tanh();
            states.Add(hidden);
        }

        return Stack(0, [.. states, cell]);
    }

    private void ForwardSteps(Tensor weightHh, Tensor bias, Tensor gates, Tensor cells, Tensor states)
    {
        var (n, steps, h) = (Shape[0], Shape[1], weightHh.Shape[1]);
        var (transposed, fromHidden) = (weightHh.Transpose(), Empty([n, 4 * h], Device));
        for (var t = 0; t < steps; t++)
        {
            var step = new CellStep(t, n, h);
            Backend.MatrixProduct(
                new MatrixView(states.Buffer, false, true, step.PreviousState), new MatrixView(transposed.Buffer, false, true), fromHidden.Buffer, 1, n, h, 4 * h);
            Backend.LstmStep(step, fromHidden.Buffer, bias.Buffer, gates.Buffer, cells.Buffer, states.Buffer);
        }
    }

    private (Tensor Gates, Tensor Hidden, Tensor Cell) BackwardSteps(Tensor weightHh, Tensor gates, Tensor cells, Tensor dStates)
    {
        var (n, steps, h) = (Shape[0], Shape[1], weightHh.Shape[1]);
        var (da, dHidden, dCell) = (Empty(gates.Shape, Device), Full([1, n, h], 0, Device), Empty([1, n, h], Device));
        dCell.Store(0, dStates, steps + 1);
        for (var t = steps - 1; t >= 0; t--)
        {
            var step = new CellStep(t, n, h);
            Backend.LstmStepGradient(step, gates.Buffer, cells.Buffer, dHidden.Buffer, dStates.Buffer, dCell.Buffer, da.Buffer);
            Backend.MatrixProduct(
                new MatrixView(da.Buffer, false, true, step.Gates(0)), new MatrixView(weightHh.Buffer, false, true), dHidden.Buffer, 1, n, 4 * h, h);
        }

        // h₀ is one of the states that came out.
        return (da, dHidden.Reshape(n, h) + dStates.Slice(0, 0, 1).Reshape(n, h), dCell.Reshape(n, h));
    }

    // this[position] = from[index], whole matrices of [.., N, H].
    private void Store(int position, Tensor from, int index = 0)
    {
        var each = Shape.Elements / Shape[0];
        Backend.Copy(from.Buffer, new View(index * each, [each], [1]), Buffer, new View(position * each, [each], [1]));
    }
}
