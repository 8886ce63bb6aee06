using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>Each operation on each backend against PyTorch: values to 1e-5, gradients of a random upstream to 1e-4.</summary>
public sealed class OperationTests
{
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
        var error = GradientCheck.LargestError(Operations.All[name], inputs, epsilon: 1e-3f);
        Assert.True(error < 2e-2, $"{name}: relative error {error:G3}");
    }
}
