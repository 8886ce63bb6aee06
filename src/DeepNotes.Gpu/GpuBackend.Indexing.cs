namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        if (indices.Length * width == 0)
        {
            return;
        }

        lock (_gate)
        {
            using var given = Temporary(indices);
            _launch.Run(IndexingKernels.Gather, _launch.Over(indices.Length * width), View(x), given.View.Cast<int>(), width, View(y));
        }
    }

    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        if (indices.Length * width == 0)
        {
            return;
        }

        lock (_gate)
        {
            var plan = Plan(indices, out var targets);
            using var given = Temporary(plan);
            _launch.Run(IndexingKernels.ScatterAdd, _launch.Over(targets * width), View(x), given.View.Cast<int>(), targets, width, View(y));
        }
    }

    // The rows of each target in their order: targets, where the rows of each begin, and the rows.
    private static int[] Plan(int[] indices, out int targets)
    {
        var byTarget = indices.Index().GroupBy(row => row.Item, row => row.Index).ToList();
        targets = byTarget.Count;
        var plan = new int[2 * targets + 1 + indices.Length];
        var next = 0;
        for (var target = 0; target < targets; target++)
        {
            (plan[target], plan[targets + target]) = (byTarget[target].Key, next);
            foreach (var row in byTarget[target])
            {
                plan[2 * targets + 1 + next++] = row;
            }
        }

        plan[2 * targets] = next;
        return plan;
    }
}
