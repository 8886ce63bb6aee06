using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>A loss as a function of one vector: the values of all parameters in a row.</summary>
internal sealed class LossOfParameters(Func<Tensor> loss, IReadOnlyList<Parameter> parameters)
{
    public Vector<double> Values() => Join(parameter => parameter.Value);

    public void Assign(Vector<double> x)
    {
        var offset = 0;
        foreach (var parameter in parameters)
        {
            float[] values = [.. x.Skip(offset).Take(parameter.Shape.Elements).Select(value => (float)value)];
            parameter.Value.Assign(Tensor.From(values, parameter.Shape, parameter.Value.Device));
            offset += values.Length;
        }
    }

    public (double Value, Vector<double> Gradient) At(Vector<double> x)
    {
        Assign(x);
        foreach (var parameter in parameters)
        {
            parameter.Value.ClearGradient();
        }

        var value = loss();
        value.Backward();
        return (value.ToSingle(), Join(parameter => parameter.Gradient ?? Tensor.Zeros(parameter.Shape)));
    }

    private Vector<double> Join(Func<Parameter, Tensor> of) => Vector<double>.Build.DenseOfEnumerable(
        parameters.SelectMany(parameter => of(parameter).ToArray()).Select(value => (double)value));
}
