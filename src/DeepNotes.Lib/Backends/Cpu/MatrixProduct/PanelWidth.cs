namespace DeepNotes.Backends.Cpu;

/// <summary>How many vectors wide a panel of B is.</summary>
internal interface IPanelWidth
{
    static abstract int Vectors { get; }
}

/// <summary>One vector: what is left at the right edge.</summary>
internal readonly struct OneVector : IPanelWidth
{
    public static int Vectors => 1;
}

/// <summary>Two vectors: what is left at the right edge.</summary>
internal readonly struct TwoVectors : IPanelWidth
{
    public static int Vectors => 2;
}

/// <summary>Three vectors: as much as fits into the registers.</summary>
internal readonly struct ThreeVectors : IPanelWidth
{
    public static int Vectors => 3;
}
