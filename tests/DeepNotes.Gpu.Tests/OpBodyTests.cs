using System.Reflection;
using System.Reflection.Emit;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Gpu;

/// <summary>
/// Code that ILGPU compiles wrongly or not at all, and that the library's op structs must therefore not contain: conversion of the
/// integer result of a comparison to float (1 became 1.4e-45), and fields of type bool.
/// </summary>
public sealed class OpBodyTests
{
    private static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static TheoryData<Type> Ops =>
    [
        .. typeof(IUnaryOp).Assembly.GetTypes().Where(type => type.IsValueType && !type.IsGenericType
            && (typeof(IUnaryOp).IsAssignableFrom(type) || typeof(IBinaryOp).IsAssignableFrom(type) || typeof(IUpdateOp).IsAssignableFrom(type))),
    ];

    [Theory]
    [MemberData(nameof(Ops))]
    public void Bodies_convert_no_integer_to_float_and_fields_are_numbers(Type op)
    {
        foreach (var method in op.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(IsForKernels))
        {
            Assert.DoesNotContain(OpCodes.Conv_R4, Codes(method.GetMethodBody()!.GetILAsByteArray()!));
        }

        Assert.All(
            op.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance),
            field => Assert.True(field.FieldType == typeof(float) || field.FieldType == typeof(double), $"{op.Name}.{field.Name}: a kernel takes floats, not {field.FieldType.Name}"));
    }

    [Fact]
    public void The_check_detects_a_comparison_converted_to_float() =>
        Assert.Contains(OpCodes.Conv_R4, Codes(((Func<float, float>)Broken).Method.GetMethodBody()!.GetILAsByteArray()!));

    private static float Broken(float x) => x > 0 ? 1 : 0;

    private static bool IsForKernels(MethodInfo method) =>
        method.Name is "F" or "Derivative" or "Update" && method.GetParameters().All(parameter => parameter.ParameterType == typeof(float) || parameter.ParameterType == typeof(float).MakeByRefType());

    private static IEnumerable<OpCode> Codes(byte[] body)
    {
        for (var i = 0; i < body.Length;)
        {
            var code = OpCodeOf[body[i] == 0xFE ? (short)(0xFE00 | body[i + 1]) : body[i]];
            i += code.Size + (code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(body, i + code.Size),
                _ => 4,
            });
            yield return code;
        }
    }
}
