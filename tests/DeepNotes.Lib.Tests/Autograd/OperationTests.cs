using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>
/// Each operation on each backend against PyTorch in float64: values to 1e-5, gradients of a random upstream to 1e-4 of the largest;
/// and gradients against finite differences to 1e-3.
/// </summary>
public sealed class OperationTests
{
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
        // At equal values a maximum has no derivative, nor has a limit at itself; the cube of 0 has one, below a difference's rounding.
        if (name is "Max ties" or "MaxPool ties" or "Clamp at its limits" or "Pow of zeros" or "Pow of tensors at zero")
        {
            return;
        }

        using var chosen = Devices.Named(device).Use();
        Tensor[] inputs = [.. Operations.Golden[name].Inputs.Select(input => input.ToTensor())];

        // A short step meets no kink and no end of the domain, a long one has little rounding.
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
