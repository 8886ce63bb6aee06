namespace DeepNotes.Backends;

/// <summary>One step of a recurrent cell in buffers that hold all steps, one behind the other.</summary>
/// <param name="Index">Which step, from 0 on.</param>
/// <param name="Samples">N, the samples that take the step together.</param>
/// <param name="Hidden">H, the values of a sample's state.</param>
public readonly record struct CellStep(int Index, int Samples, int Hidden)
{
    /// <summary>N·H: the values of a state.</summary>
    public int State => Samples * Hidden;

    /// <summary>Where the state begins that this step starts from; the next one is right behind it.</summary>
    public int Before => Index * State;

    /// <summary>Where the step's gates of a sample begin, four blocks of H values.</summary>
    public int Gates(int sample) => 4 * (Before + sample * Hidden);
}
