using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Checks of the LSTM step, and of gather and scatter-add as used by an embedding.</summary>
internal static class RecurrentChecks
{
    private const int Steps = 3;

    public static IEnumerable<KernelCheck> All(Sizes sizes) => [.. sizes.Cells.Select(Step), .. sizes.Rows.Select(Indexing)];

    private static KernelCheck Step((int Samples, int Hidden) shape) => new($"{Steps} steps, [{shape.Samples}, {shape.Hidden}]", on =>
    {
        var (state, hidden) = (shape.Samples * shape.Hidden, shape.Hidden);
        var (gates, cells, states) = (on.Uniform(Steps * 4 * state), on.Uniform((Steps + 1) * state), on.Uniform((Steps + 1) * state));
        var (fromHidden, bias) = (on.Uniform(4 * state), on.Uniform(4 * hidden));
        for (var t = 0; t < Steps; t++)
        {
            on.Backend.LstmStep(new CellStep(t, shape.Samples, hidden), fromHidden, bias, gates, cells, states);
        }

        var (dHidden, dStates, dCell, dGates) = (on.Uniform(state), on.Uniform((Steps + 1) * state), on.Uniform(state), on.New(Steps * 4 * state));
        for (var t = Steps - 1; t >= 0; t--)
        {
            on.Backend.LstmStepGradient(new CellStep(t, shape.Samples, hidden), gates, cells, dHidden, dStates, dCell, dGates);
        }

        return
        [
            on.Read(nameof(IBackend.LstmStep), gates), on.Read(nameof(IBackend.LstmStep), cells), on.Read(nameof(IBackend.LstmStep), states),
            on.Read(nameof(IBackend.LstmStepGradient), dCell), on.Read(nameof(IBackend.LstmStepGradient), dGates),
        ];
    });

    private static KernelCheck Indexing((int Rows, int Width) shape) => new($"{2 * shape.Rows:N0} of {shape.Rows:N0} rows of {shape.Width:N0}", on =>
    {
        // Unordered indices: some rows occur several times, some never.
        int[] indices = [.. Enumerable.Range(0, 2 * shape.Rows).Select(i => (int)(7919L * i * i % shape.Rows))];
        var (table, chosen) = (on.Uniform(shape.Rows * shape.Width), on.New(indices.Length * shape.Width));
        on.Backend.Gather(table, indices, shape.Width, chosen);
        var (gradient, sums) = (on.Uniform(chosen.Length), on.Uniform(table.Length));
        on.Backend.ScatterAdd(gradient, indices, shape.Width, sums);
        return [on.Read(nameof(IBackend.Gather), chosen), on.Read(nameof(IBackend.ScatterAdd), sums)];
    });
}
