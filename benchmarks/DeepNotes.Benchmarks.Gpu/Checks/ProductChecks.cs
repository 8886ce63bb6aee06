using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Checks of matrix products: every storage order of the operands, with a bias, in batches, and a sample of rows of large products in double precision.</summary>
internal static class ProductChecks
{
    private static readonly (bool A, bool B)[] _transposed = [(false, false), (false, true), (true, false), (true, true)];

    public static IEnumerable<KernelCheck> All(Sizes sizes) =>
    [
        .. from shape in sizes.Products
           from transposed in _transposed
           select Product(shape, transposed.A, transposed.B),
        .. from n in sizes.Squares
           from transposed in _transposed
           select Square(n, transposed.A, transposed.B),
    ];

    private static KernelCheck Product(ProductShape shape, bool transposesA, bool transposesB) => new(
        $"{shape}{Marks(transposesA, transposesB)}", on =>
        {
            var (count, m, k, n) = (shape.Count, shape.M, shape.K, shape.N);
            var (a, b) = (on.Uniform(shape.Start + count * m * k), on.Uniform((shape.RepeatsB ? 1 : count) * k * n));
            var (c, bias) = (on.New(count * m * n), shape.HasBias ? on.Uniform(n) : null);
            on.Backend.MatrixProduct(new MatrixView(a, transposesA, false, shape.Start), new MatrixView(b, transposesB, shape.RepeatsB), c, count, m, k, n, bias);
            return [on.Read(nameof(IBackend.MatrixProduct), c)];
        });

    private static KernelCheck Square(int n, bool transposesA, bool transposesB)
    {
        var square = new SampledProduct(n, transposesA, transposesB);
        return new KernelCheck($"{n:N0} × {n:N0} × {n:N0}{Marks(transposesA, transposesB)}, {SampledProduct.Rows} rows", on =>
        {
            var c = on.New(n * n);
            on.Backend.MatrixProduct(new MatrixView(on.Of(square.A), transposesA, false), new MatrixView(on.Of(square.B), transposesB, false), c, 1, n, n, n);
            return [square.RowsOf(on.Read(nameof(IBackend.MatrixProduct), c))];
        })
        {
            Expected = () => [square.Expected(nameof(IBackend.MatrixProduct))],
        };
    }

    private static string Marks(bool transposesA, bool transposesB) => (transposesA, transposesB) switch
    {
        (false, false) => "",
        (true, false) => ", Aᵀ",
        (false, true) => ", Bᵀ",
        (true, true) => ", Aᵀ and Bᵀ",
    };
}

/// <summary>A batch of Count products [M, K]·[K, N].</summary>
internal sealed record ProductShape(int M, int K, int N, int Count = 1, bool HasBias = false, bool RepeatsB = false, int Start = 0)
{
    public override string ToString() =>
        $"{(Count == 1 ? "" : $"{Count} of ")}{M:N0} × {K:N0} × {N:N0}{(HasBias ? " + bias" : "")}{(RepeatsB ? ", one B" : "")}{(Start == 0 ? "" : $", from {Start}")}";
}
