using System.Reflection;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>
/// Each operation on each backend against PyTorch in float64: values to 1e-5, gradients of a random upstream to 1e-4 of the largest;
/// and gradients against finite differences to 1e-3. The arguments that an operation or a loss refuses are part of its row.
/// </summary>
public sealed class OperationTests
{
    // Members of Tensor that return a tensor without computing anything.
    private static readonly string[] OfNoValue = ["Detach", "Keep", "To", "RequireGradient", "Record", "Pullback", "Gradients"];

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "Add",
        ["op_Subtraction"] = "Subtract",
        ["op_Multiply"] = "Multiply",
        ["op_Division"] = "Divide",
        ["op_UnaryNegation"] = "Negate",
    };

    private static readonly float[] Steps = [1e-2f, 1e-3f, 3e-4f, 1e-1f];

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var device in Devices.All)
        {
            foreach (var name in Operations.All.Keys)
            {
                rows.Add(name, device.ToString());
            }
        }

        return rows;
    }

    [Fact]
    public void Every_operation_has_golden_numbers_and_every_golden_row_an_operation() =>
        Assert.Equal(Operations.Golden.Keys.Order(), Operations.All.Keys.Order());

    [Fact]
    public void Every_operation_and_loss_has_a_row()
    {
        var operations = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(Tensor) || method.ReturnType == typeof(Tensor[]))
            .Where(method => !method.IsStatic || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor) || parameter.ParameterType == typeof(Tensor[])))
            .Where(method => !method.Name.StartsWith("get_", StringComparison.Ordinal))
            .Select(method => Operators.GetValueOrDefault(method.Name, method.Name)).Except(OfNoValue);
        var losses = typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name);
        Assert.Empty(operations.Except(TensorOperations.Rows.Select(row => row.Name)));
        Assert.Empty(losses.Except(LossOperations.Rows.Select(row => row.Name)));
    }

    public static TheoryData<string, string> Mistakes()
    {
        var mistakes = new TheoryData<string, string>();
        foreach (var row in Operations.Rows)
        {
            foreach (var mistake in row.Mistakes)
            {
                mistakes.Add(row.Name, mistake.Message);
            }
        }

        return mistakes;
    }

    // Entropy is both an operation and a loss.
    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_reported_with_the_operation_the_expected_and_the_actual_value(string name, string message) =>
        Operations.Rows.Where(row => row.Name == name).SelectMany(row => row.Mistakes).Single(mistake => mistake.Message == message).IsRefused();

    [Fact]
    public void An_operation_that_refuses_nothing_preserves_any_shape()
    {
        Assert.All(Operations.Rows, row => Assert.True(row.IsElementwise || row.Mistakes.Length > 0, row.Name));
        foreach (var row in Operations.Rows.Where(row => row.IsElementwise))
        {
            Assert.All(LayerRow.ElementwiseShapes, shape => Assert.Equal(shape, row.Cases.Values.First()([Tensor.Ones(shape)]).Shape));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Value_and_gradients_equal_PyTorch(string name, string device)
    {
        var golden = Operations.Golden[name];
        using var chosen = Devices.Named(device).Use();
        Tensor[] inputs = [.. golden.Inputs.Select(input => input.ToTensor().RequireGradient())];

        var value = Operations.All[name](inputs);
        value.Backward(golden.Upstream.ToTensor());

        AssertClose.Equal(golden.Value, value, 1e-5, $"{name}, value");
        foreach (var (gradient, input) in golden.Gradients.Zip(inputs))
        {
            AssertClose.Equal(gradient, input.Gradient!, 1e-4, $"{name}, gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gradients_equal_finite_differences(string name, string device)
    {
        // A maximum has no derivative at ties, nor a clamp at its limits; that of x³ at 0 is below the rounding error of a difference.
        if (name is "Max ties" or "MaxPool ties" or "Clamp at its limits" or "Pow of zeros" or "Pow of tensors at zero")
        {
            return;
        }

        using var chosen = Devices.Named(device).Use();
        Tensor[] inputs = [.. Operations.Golden[name].Inputs.Select(input => input.ToTensor())];

        // A short step stays clear of kinks and the ends of the domain; a long one has less rounding error.
        var errors = new List<double>();
        foreach (var step in Steps)
        {
            errors.Add(GradientCheck.LargestError(Operations.All[name], inputs, step));
            if (errors[^1] < 1e-3)
            {
                return;
            }
        }

        Assert.Fail($"{name}: relative errors {string.Join(", ", errors.Select(error => $"{error:G3}"))}");
    }
}
