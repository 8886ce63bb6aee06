namespace DeepNotes;

/// <summary>Checks of the data of a chart.</summary>
internal static class Require
{
    public static void NotEmpty(string operation, string name, int count)
    {
        if (count == 0)
        {
            throw new ArgumentException($"{operation}: expected at least one value in {name}, got none.", name);
        }
    }

    public static void Place(string operation, string name, double value)
    {
        if (!Extent.IsDrawable(value, positiveOnly: false))
        {
            throw new ArgumentException($"{operation}: expected a finite {name}, got {value}.", name);
        }
    }

    public static void Rising(string operation, string name, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Place(operation, name, values[i]);
            if (i > 0 && values[i] <= values[i - 1])
            {
                throw new ArgumentException(
                    $"{operation}: expected rising {name}, got {values[i]} at index {i} after {values[i - 1]}.", name);
            }
        }
    }

    public static void SameLength(string operation, string name, int count, string reference, int expected)
    {
        if (count != expected)
        {
            throw new ArgumentException(
                $"{operation}: expected as many {name} as {reference}, which are {expected}, got {count}.", name);
        }
    }
}
