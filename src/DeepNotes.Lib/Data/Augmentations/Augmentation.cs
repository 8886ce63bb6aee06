namespace DeepNotes;

/// <summary>
/// A random change of a batch that preserves its labels, to which a network should be invariant. A <see cref="DataLoader"/>
/// applies a list of augmentations in order.
/// </summary>
public abstract class Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>Changes the samples in place and returns the augmented batch.</summary>
    /// <param name="batch">Copies of the samples.</param>
    /// <param name="generators">A random number generator for each sample.</param>
    internal abstract Batch Apply(Batch batch, Generator[] generators);

    /// <summary>Returns the value if it is in the range, else throws.</summary>
    private protected static double Checked(
        string operation, string name, double value, double minimum, double maximum = double.MaxValue) =>
        value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                $"{operation}: expected '{name}' at least {minimum}{(maximum < double.MaxValue ? $" and at most {maximum}" : "")}, got {value}.");
}
