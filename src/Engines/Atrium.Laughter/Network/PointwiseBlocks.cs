using System.Runtime.CompilerServices;

namespace Atrium.Laughter.Network;

/// <summary>
/// The inner product of pointwise layers: some pixels by two vectors of outputs, with every sum in a register.
/// Written out, because the compiler keeps named locals in registers and spills arrays. Sums start with the bias, or,
/// where that is null, with what an earlier part of the inputs left in the output.
/// </summary>
internal static unsafe class PointwiseBlocks<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static void Twelve(float* input, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        var highOutput = output + (pixels * lanes);
        float* lowStart = bias is null ? output : bias, highStart = bias is null ? highOutput : bias + lanes;
        var step = bias is null ? lanes : 0;
        TVector low0 = TLanes.Load(lowStart), high0 = TLanes.Load(highStart);
        TVector low1 = TLanes.Load(lowStart + step), high1 = TLanes.Load(highStart + step);
        TVector low2 = TLanes.Load(lowStart + (2 * step)), high2 = TLanes.Load(highStart + (2 * step));
        TVector low3 = TLanes.Load(lowStart + (3 * step)), high3 = TLanes.Load(highStart + (3 * step));
        TVector low4 = TLanes.Load(lowStart + (4 * step)), high4 = TLanes.Load(highStart + (4 * step));
        TVector low5 = TLanes.Load(lowStart + (5 * step)), high5 = TLanes.Load(highStart + (5 * step));
        TVector low6 = TLanes.Load(lowStart + (6 * step)), high6 = TLanes.Load(highStart + (6 * step));
        TVector low7 = TLanes.Load(lowStart + (7 * step)), high7 = TLanes.Load(highStart + (7 * step));
        TVector low8 = TLanes.Load(lowStart + (8 * step)), high8 = TLanes.Load(highStart + (8 * step));
        TVector low9 = TLanes.Load(lowStart + (9 * step)), high9 = TLanes.Load(highStart + (9 * step));
        TVector low10 = TLanes.Load(lowStart + (10 * step)), high10 = TLanes.Load(highStart + (10 * step));
        TVector low11 = TLanes.Load(lowStart + (11 * step)), high11 = TLanes.Load(highStart + (11 * step));
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (block * pixels * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                TVector low = TLanes.Load(packed), high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                Accumulate(source[lanes], low, high, ref low1, ref high1);
                Accumulate(source[2 * lanes], low, high, ref low2, ref high2);
                Accumulate(source[3 * lanes], low, high, ref low3, ref high3);
                Accumulate(source[4 * lanes], low, high, ref low4, ref high4);
                Accumulate(source[5 * lanes], low, high, ref low5, ref high5);
                Accumulate(source[6 * lanes], low, high, ref low6, ref high6);
                Accumulate(source[7 * lanes], low, high, ref low7, ref high7);
                Accumulate(source[8 * lanes], low, high, ref low8, ref high8);
                Accumulate(source[9 * lanes], low, high, ref low9, ref high9);
                Accumulate(source[10 * lanes], low, high, ref low10, ref high10);
                Accumulate(source[11 * lanes], low, high, ref low11, ref high11);
                source++;
            }
        }

        Write(low0, high0, output, highOutput, rectify);
        Write(low1, high1, output + lanes, highOutput + lanes, rectify);
        Write(low2, high2, output + (2 * lanes), highOutput + (2 * lanes), rectify);
        Write(low3, high3, output + (3 * lanes), highOutput + (3 * lanes), rectify);
        Write(low4, high4, output + (4 * lanes), highOutput + (4 * lanes), rectify);
        Write(low5, high5, output + (5 * lanes), highOutput + (5 * lanes), rectify);
        Write(low6, high6, output + (6 * lanes), highOutput + (6 * lanes), rectify);
        Write(low7, high7, output + (7 * lanes), highOutput + (7 * lanes), rectify);
        Write(low8, high8, output + (8 * lanes), highOutput + (8 * lanes), rectify);
        Write(low9, high9, output + (9 * lanes), highOutput + (9 * lanes), rectify);
        Write(low10, high10, output + (10 * lanes), highOutput + (10 * lanes), rectify);
        Write(low11, high11, output + (11 * lanes), highOutput + (11 * lanes), rectify);
    }

    public static void Six(float* input, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        var highOutput = output + (pixels * lanes);
        float* lowStart = bias is null ? output : bias, highStart = bias is null ? highOutput : bias + lanes;
        var step = bias is null ? lanes : 0;
        TVector low0 = TLanes.Load(lowStart), high0 = TLanes.Load(highStart);
        TVector low1 = TLanes.Load(lowStart + step), high1 = TLanes.Load(highStart + step);
        TVector low2 = TLanes.Load(lowStart + (2 * step)), high2 = TLanes.Load(highStart + (2 * step));
        TVector low3 = TLanes.Load(lowStart + (3 * step)), high3 = TLanes.Load(highStart + (3 * step));
        TVector low4 = TLanes.Load(lowStart + (4 * step)), high4 = TLanes.Load(highStart + (4 * step));
        TVector low5 = TLanes.Load(lowStart + (5 * step)), high5 = TLanes.Load(highStart + (5 * step));
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (block * pixels * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                TVector low = TLanes.Load(packed), high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                Accumulate(source[lanes], low, high, ref low1, ref high1);
                Accumulate(source[2 * lanes], low, high, ref low2, ref high2);
                Accumulate(source[3 * lanes], low, high, ref low3, ref high3);
                Accumulate(source[4 * lanes], low, high, ref low4, ref high4);
                Accumulate(source[5 * lanes], low, high, ref low5, ref high5);
                source++;
            }
        }

        Write(low0, high0, output, highOutput, rectify);
        Write(low1, high1, output + lanes, highOutput + lanes, rectify);
        Write(low2, high2, output + (2 * lanes), highOutput + (2 * lanes), rectify);
        Write(low3, high3, output + (3 * lanes), highOutput + (3 * lanes), rectify);
        Write(low4, high4, output + (4 * lanes), highOutput + (4 * lanes), rectify);
        Write(low5, high5, output + (5 * lanes), highOutput + (5 * lanes), rectify);
    }

    public static void One(float* input, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        var highOutput = output + (pixels * lanes);
        float* lowStart = bias is null ? output : bias, highStart = bias is null ? highOutput : bias + lanes;
        TVector low0 = TLanes.Load(lowStart), high0 = TLanes.Load(highStart);
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (block * pixels * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                TVector low = TLanes.Load(packed), high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                source++;
            }
        }

        Write(low0, high0, output, highOutput, rectify);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(float input, TVector low, TVector high, ref TVector lowSum, ref TVector highSum)
    {
        var value = TLanes.Broadcast(input);
        lowSum = TLanes.MultiplyAdd(value, low, lowSum);
        highSum = TLanes.MultiplyAdd(value, high, highSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(TVector low, TVector high, float* lowTarget, float* highTarget, bool rectify)
    {
        TLanes.Store(rectify ? TLanes.Positive(low) : low, lowTarget);
        TLanes.Store(rectify ? TLanes.Positive(high) : high, highTarget);
    }
}
