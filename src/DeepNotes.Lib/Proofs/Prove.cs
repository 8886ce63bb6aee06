using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace DeepNotes;

/// <summary>
/// The assertions of a chapter: each shows its claim, the measured figure and a tick, and throws when the claim fails, so
/// that a wrong formula stops the notebook. The assertions of a cell share one expandable line.
/// </summary>
public static class Prove
{
    private static readonly Lock Gate = new();
    private static readonly List<Proof> OfCell = [];
    private static readonly AsyncLocal<bool> ExpectsFailure = new();
    private static (object? Cell, LiveDisplay? Display) _shown;

    /// <summary>max |actual - expected| ≤ tolerance, for two tensors of one shape.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ProofException">The claim fails.</exception>
    public static void Close(Tensor actual, Tensor expected, double tolerance, string claim) =>
        Compare(Numbers.Of(actual), Numbers.Of(expected), tolerance, claim);

    /// <summary>max |actual - expected| ≤ tolerance, for a matrix and a tensor whose axes but the last are merged into rows.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ProofException">The claim fails.</exception>
    public static void Close(Tensor actual, Matrix<double> expected, double tolerance, string claim) =>
        Compare(Numbers.AsMatrix(actual), Numbers.Of(expected), tolerance, claim);

    /// <inheritdoc cref="Close(Tensor, Tensor, double, string)"/>
    public static void Close(Matrix<double> actual, Matrix<double> expected, double tolerance, string claim) =>
        Compare(Numbers.Of(actual), Numbers.Of(expected), tolerance, claim);

    /// <inheritdoc cref="Close(Tensor, Tensor, double, string)"/>
    public static void Close(IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance, string claim) =>
        Compare(Numbers.Of(actual), Numbers.Of(expected), tolerance, claim);

    /// <summary>|actual - expected| ≤ tolerance.</summary>
    /// <exception cref="ProofException">The claim fails.</exception>
    public static void Close(double actual, double expected, double tolerance, string claim)
    {
        var difference = Math.Abs(actual - expected);
        Show(new Proof(claim, $"{actual:G7} against {expected:G7}, difference {difference:G2}, allowed {tolerance:G2}", difference <= tolerance));
    }

    /// <summary>A condition, shown with the figure that it is based on.</summary>
    /// <exception cref="ProofException">The claim fails.</exception>
    public static void True(bool condition, string claim, string figure = "checked") => Show(new Proof(claim, figure, condition));

    /// <summary>
    /// A claim about run time: <paramref name="slow"/> takes at least <paramref name="atLeast"/> times as long as
    /// <paramref name="fast"/>. The runs alternate and their medians are compared, to be robust against noise.
    /// </summary>
    /// <exception cref="ProofException">The claim fails.</exception>
    public static void Ratio(Action fast, Action slow, double atLeast, string claim, int runs = 9)
    {
        Check.AtLeast(3, runs, "Prove.Ratio");
        var (fastTimes, slowTimes) = (new double[runs], new double[runs]);
        fast();
        slow();
        for (var i = 0; i < runs; i++)
        {
            fastTimes[i] = Time(fast);
            slowTimes[i] = Time(slow);
        }

        var ratio = slowTimes.Median() / fastTimes.Median();
        Show(new Proof(claim, $"{ratio:F2} times, at least {atLeast:F2} claimed; medians of {runs}", ratio >= atLeast));
    }

    /// <summary>
    /// Asserts that a deliberate error is detected, that is, that <paramref name="check"/> fails, and shows the figure of the failed
    /// assertion.
    /// </summary>
    /// <param name="fault">The error as a sentence: "softmax without subtracting the maximum fails at large scores".</param>
    /// <param name="check">An assertion of this class that must fail.</param>
    /// <exception cref="ProofException">The assertion holds: the error is not detected.</exception>
    public static void Fails(string fault, Action check)
    {
        var noticed = Failed(check);
        Show(new Proof(fault, noticed is null ? "no check noticed it" : $"noticed by “{noticed.Claim}”: {noticed.Figure}", noticed is not null));
    }

    // The failed assertion, which is not shown itself; null if none failed.
    private static Proof? Failed(Action check)
    {
        ExpectsFailure.Value = true;
        try
        {
            check();
            return null;
        }
        catch (ProofException caught)
        {
            return caught.Proof;
        }
        finally
        {
            ExpectsFailure.Value = false;
        }
    }

    private static void Compare(Numbers actual, Numbers expected, double tolerance, string claim)
    {
        if (actual.Shape != expected.Shape)
        {
            throw new ShapeException($"Prove.Close: expected shape {expected.Shape}, got {actual.Shape}, for the claim \"{claim}\".");
        }

        var (largest, at) = (0.0, 0);
        for (var i = 0; i < actual.Values.Length; i++)
        {
            // ∞ - ∞ is NaN, though equal infinities agree; a NaN on either side must fail, so it counts as an infinite difference.
            var difference = actual.Values[i].Equals(expected.Values[i]) && !double.IsNaN(actual.Values[i])
                ? 0
                : Math.Abs(actual.Values[i] - expected.Values[i]);
            if (double.IsNaN(difference) || difference > largest)
            {
                (largest, at) = (double.IsNaN(difference) ? double.PositiveInfinity : difference, i);
            }
        }

        var holds = largest <= tolerance;
        var where = holds ? "" : $" at [{at / Math.Max(1, actual.Columns)}, {at % Math.Max(1, actual.Columns)}]: {actual.Values[at]:G7} against {expected.Values[at]:G7}";
        Show(new Proof(claim, $"largest difference {largest:G2}{where}, allowed {tolerance:G2}, {actual.Values.Length} numbers", holds));
    }

    internal static void Show(Proof proof)
    {
        if (!ExpectsFailure.Value)
        {
            AddToCell(proof);
        }

        if (!proof.Holds)
        {
            throw new ProofException(proof);
        }
    }

    private static void AddToCell(Proof proof)
    {
        if (!Live.HasSink)
        {
            Console.Out.WriteLine(proof.ToPlainText());
            return;
        }

        lock (Gate)
        {
            if (!Equals(_shown.Cell, Live.Cell))
            {
                OfCell.Clear();
                _shown = (Live.Cell, null);
            }

            OfCell.Add(proof);
            var list = new ProofList([.. OfCell]);
            if (_shown.Display is { } display)
            {
                display.Update(list);
            }
            else
            {
                _shown.Display = Live.Show(list);
            }
        }
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
