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
    /// <param name="generators">The random numbers of each sample.</param>
    internal abstract Batch Apply(Batch batch, Generator[] generators);

    /// <summary>Throws unless the value is in the range.</summary>
    private protected static double Checked(
        string operation, string name, double value, double minimum, double maximum = double.MaxValue) =>
        value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                $"{operation}: expected '{name}' at least {minimum}{(maximum < double.MaxValue ? $" and at most {maximum}" : "")}, got {value}.");
}
