using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>A function to be minimised: f(x) and ∇f(x).</summary>
public delegate (double Value, Vector<double> Gradient) Objective(Vector<double> x);
