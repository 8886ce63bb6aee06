namespace DeepNotes;

/// <summary>
/// A random change of a batch that leaves its meaning: what a network should not notice. A <see cref="DataLoader"/>
/// applies a list of them, one after another.
/// </summary>
public abstract class Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>The changed batch; the samples are changed in place.</summary>
    /// <param name="batch">The samples, already copies.</param>
    /// <param name="turns">The random numbers of each sample.</param>
    internal abstract Batch Apply(Batch batch, Generator[] turns);

    /// <summary>Throws unless the value is in the range.</summary>
    private protected static double Checked(
        string operation, string name, double value, double least, double most = double.MaxValue) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                $"{operation}: expected '{name}' at least {least}{(most < double.MaxValue ? $" and at most {most}" : "")}, got {value}.");
}
