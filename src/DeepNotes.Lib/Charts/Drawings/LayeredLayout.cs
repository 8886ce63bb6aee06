namespace DeepNotes;

/// <summary>
/// A layered layout of an acyclic graph with downward edges (simplified from Sugiyama, Tagawa and Toda, 1981): assigns nodes
/// to rows by their distance from the inputs, inserts dummy nodes where an edge crosses rows, orders each row by the positions
/// of the neighbours, and then places the nodes with gaps between them.
/// </summary>
internal sealed class LayeredLayout
{
    private const double Gap = 22;
    private const double DummyWidth = 8;
    private const int Sweeps = 8;

    private readonly List<Node> _nodes = [];
    private readonly List<(int From, int To)> _links = [];
    private readonly List<int>[] _rows;
    private readonly ILookup<int, int> _above;
    private readonly ILookup<int, int> _below;

    /// <summary>Computes the layout of nodes, given by their widths in topological order, and edges between their indices.</summary>
    public LayeredLayout(IReadOnlyList<double> widths, IReadOnlyList<(int From, int To)> edges)
    {
        var row = Rows(widths.Count, edges);
        _nodes.AddRange(widths.Select((width, i) => new Node(width, row[i])));
        Paths = [.. edges.Select(Path)];
        _above = _links.ToLookup(link => link.To, link => link.From);
        _below = _links.ToLookup(link => link.From, link => link.To);
        _rows = [.. _nodes.Index().GroupBy(node => node.Item.Row).OrderBy(group => group.Key)
            .Select(group => group.Select(node => node.Index).ToList())];
        foreach (var nodes in _rows)
        {
            Place(nodes, nodes.Select((_, i) => (double)i).ToArray());
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Align(_rows.Skip(1), _above);
            Align(_rows.Reverse().Skip(1), _below);
        }
        var left = _nodes.Min(node => node.X - node.Width / 2);
        foreach (var node in _nodes)
        {
            node.X -= left;
        }
    }

    public int RowCount => _rows.Length;

    public double Width => _nodes.Max(node => node.X + node.Width / 2);

    /// <summary>The nodes along each edge, including dummy nodes.</summary>
    public IReadOnlyList<int[]> Paths { get; }

    public (double X, int Row) At(int node) => (_nodes[node].X, _nodes[node].Row);

    /// <summary>The row of a node is the length of the longest path from an input; that of an input is just above its first consumer.</summary>
    private static int[] Rows(int count, IReadOnlyList<(int From, int To)> edges)
    {
        var row = new int[count];
        var incoming = edges.ToLookup(edge => edge.To, edge => edge.From);
        var outgoing = edges.ToLookup(edge => edge.From, edge => edge.To);
        for (var node = 0; node < count; node++)
        {
            row[node] = incoming[node].Select(from => row[from] + 1).DefaultIfEmpty(0).Max();
        }
        for (var node = 0; node < count; node++)
        {
            if (!incoming[node].Any() && outgoing[node].Any())
            {
                row[node] = outgoing[node].Min(to => row[to]) - 1;
            }
        }
        return row;
    }

    private int[] Path((int From, int To) edge)
    {
        var path = new List<int> { edge.From };
        for (var row = _nodes[edge.From].Row + 1; row < _nodes[edge.To].Row; row++)
        {
            path.Add(_nodes.Count);
            _nodes.Add(new(DummyWidth, row));
        }
        path.Add(edge.To);
        _links.AddRange(path.Zip(path.Skip(1)));
        return [.. path];
    }

    /// <summary>Orders each row by the mean position of the neighbours in the previous row, and moves the nodes there.</summary>
    private void Align(IEnumerable<List<int>> rows, ILookup<int, int> neighbours)
    {
        foreach (var row in rows)
        {
            var desired = row.ToDictionary(
                node => node, node => neighbours[node].Select(other => _nodes[other].X).DefaultIfEmpty(_nodes[node].X).Average());
            var ordered = row.OrderBy(node => desired[node]).ThenBy(node => _nodes[node].X).ThenBy(node => node).ToList();
            row.Clear();
            row.AddRange(ordered);
            Place(row, [.. ordered.Select(node => desired[node])]);
        }
    }

    /// <summary>Places the nodes from left to right, as near to the desired positions as the gaps allow, then shifts the row by the mean error.</summary>
    private void Place(List<int> row, double[] desired)
    {
        var edge = double.NegativeInfinity;
        foreach (var (i, node) in row.Index())
        {
            _nodes[node].X = Math.Max(desired[i], edge + Gap + _nodes[node].Width / 2);
            edge = _nodes[node].X + _nodes[node].Width / 2;
        }
        var error = row.Select((node, i) => _nodes[node].X - desired[i]).Average();
        foreach (var node in row)
        {
            _nodes[node].X -= error;
        }
    }

    private sealed class Node(double width, int row)
    {
        public double Width { get; } = width;

        public int Row { get; } = row;

        public double X { get; set; }
    }
}
