namespace DeepNotes;

/// <summary>How numbers become colours in a heat map or a coloured scatter chart.</summary>
public enum ColorScale
{
    /// <summary>Light to dark blue: amounts, probabilities, counts. Its lightness falls evenly, so grey print keeps the order.</summary>
    Sequential,

    /// <summary>Blue through near-white to orange, symmetric about zero: weights, gradients, differences.</summary>
    Diverging,

    /// <summary>Indigo through teal to gold: marks, whose lightest colour must still be seen on white ground.</summary>
    Vivid,

    /// <summary>Black to white: pictures.</summary>
    Grey,
}
