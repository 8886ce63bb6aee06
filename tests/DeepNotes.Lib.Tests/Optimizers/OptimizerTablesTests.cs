using DeepNotes.Tests.Layers;

namespace DeepNotes.Tests.Optimizers;

/// <summary>Every optimizer of the library has a row in each table of the tests.</summary>
public sealed class OptimizerTablesTests
{
    public static TheoryData<string, IEnumerable<Optimizer>> Tables() => new()
    {
        { nameof(OptimizerGoldenTests), OptimizerGoldenTests.All },
        { nameof(StateTests), StateTests.Names().Select(row => ((Func<Optimizer>)row[1])()) },
        { nameof(SnapshotTests), SnapshotTests.Rows().Select(row => ((Func<Optimizer>)row[1])()) },
        { nameof(EmptyBatchTests), EmptyBatchTests.Optimizers().Cast<object[]>().Select(row => (Optimizer)row[0]) },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_every_optimizer(string table, IEnumerable<Optimizer> rows)
    {
        var all = typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Optimizer)) && !type.IsAbstract);
        var missing = all.Except(rows.Select(row => row.GetType())).Select(type => type.Name);
        Assert.True(!missing.Any(), $"{table} has no row for {string.Join(", ", missing)}.");
    }
}
