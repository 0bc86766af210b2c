using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Api;
using Atrium.Gateway.Api.ChatCompletions;
using Atrium.Gateway.Api.Embeddings;
using Atrium.Gateway.Api.Images;
using Atrium.Gateway.Api.Messages;
using Atrium.Gateway.Api.Models;
using Atrium.Gateway.Api.Relay;
using Atrium.Gateway.Api.Responses;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Cache;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Choices;
using Atrium.Gateway.Costs;
using Atrium.Gateway.DefaultModels;
using Atrium.Gateway.Embeddings;
using Atrium.Gateway.Fallbacks;
using Atrium.Gateway.HouseKeys;
using Atrium.Gateway.Images;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Limits;
using Atrium.Gateway.Models;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Providers;
using Atrium.Gateway.Resilience;
using Atrium.Gateway.SharedRows;
using Atrium.Gateway.WholeCalls;
using Atrium.Platform.Configuration;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Gateway;

/// <summary>Who may call which model with whose key, and what it cost.</summary>
public sealed class GatewayModule : IModule
{
    public static string Name => "gateway";

    public static void AddServices(IServiceCollection services)
    {
        services.AddValidation();
        services.TryAddSingleton(_ => ProviderCatalogue.Default);
        services.TryAddSingleton(provider =>
        {
            var rows = PriceTable.ReadEmbeddedRows();
            return new PriceTable(rows.Concat(SettingPrices.Over(rows, provider.GetRequiredService<HouseSettings>())));
        });
        // Nobody who looks at an empty answer waits longer than this for a provider's permission to ask again.
        services.TryAddSingleton(new ProviderTimeouts { LongestRetryWait = TimeSpan.FromSeconds(20) });
        services.AddSingleton(_ => PersonaModels.ReadEmbedded());
        // Retries belong to the guard of a key, which counts them.
        services.AddSingleton(provider => new ChatClientFactory(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ProviderTimeouts>() with { Retries = 0 }));
        services.AddSingleton<CallGuards>().AddSingleton<ModelLists>().AddSingleton<AccountReader>().AddSingleton<ModelUses>();
        services.AddSingleton<KeyRing>().AddSingleton<KeyFailures>().AddSingleton<KeyChooser>().AddSingleton<ModelSources>().AddSingleton<AvailableModels>().AddSingleton<ChatRouter>().AddSingleton<OfflineAnswers>();
        services.AddSingleton<LedgerBook>().AddHostedService(provider => provider.GetRequiredService<LedgerBook>()).AddSingleton<LedgerSpool>().AddSingleton<ReplaySpooledRows>();
        services.AddHostedService(provider => provider.GetRequiredService<ReplaySpooledRows>()).AddSingleton<IStartTask>(provider => provider.GetRequiredService<ReplaySpooledRows>());
        services.AddSingleton<ChatGateway>();
        services.TryAddSingleton<IChatGateway>(provider => provider.GetRequiredService<ChatGateway>());
        services.AddSingleton<WholeCaller>().AddSingleton<EmbeddingGateway>().AddSingleton<ImageGateway>().AddSingleton<PictureDownload>();
        services.TryAddSingleton<IEmbeddingGateway>(provider => provider.GetRequiredService<EmbeddingGateway>());
        services.TryAddSingleton<IImageGateway>(provider => provider.GetRequiredService<ImageGateway>());
        AddApi(services);
    }

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ListProviders.Map(routes);
        TestProvider.Map(routes);
        ShowChoice.Map(routes);
        ChooseProvider.Map(routes);
        ListKeys.Map(routes);
        CreateKey.Map(routes);
        ChangeKey.Map(routes);
        ReplaceSecret.Map(routes);
        DeleteKey.Map(routes);
        ListHouseKeys.Map(routes);
        CreateHouseKey.Map(routes);
        ChangeHouseKey.Map(routes);
        ReplaceHouseKeySecret.Map(routes);
        DeleteHouseKey.Map(routes);
        ShowProviderStatus.Map(routes);
        ShowFallbacks.Map(routes);
        ChangeFallbacks.Map(routes);
        ListDefaultModels.Map(routes);
        ChangeDefaultModel.Map(routes);
        ListModels.Map(routes);
        ShowCosts.Map(routes);
        ShowToday.Map(routes);
        ShowAllCosts.Map(routes);
        ShowCache.Map(routes);
        SwitchCache.Map(routes);
        EmptyCache.Map(routes);
        ShowCostReport.Map(routes);
        ShowAllCostReport.Map(routes);
        ListCalls.Map(routes);
        ExportCalls.Map(routes);
        ExportAllCalls.Map(routes);
        ExportStatement.Map(routes);
        ListApiKeys.Map(routes);
        CreateApiKey.Map(routes);
        ShowApiKey.Map(routes);
        RevokeApiKey.Map(routes);
        ListPrices.Map(routes);
        SetPrice.Map(routes);
        DeletePrice.Map(routes);
        ListBudgets.Map(routes);
        SetBudget.Map(routes);
        DeleteBudget.Map(routes);
        ListAllBudgets.Map(routes);
        SetHouseBudget.Map(routes);
        DeleteHouseBudget.Map(routes);
        CreateChatCompletion.Map(routes);
        CreateMessage.Map(routes);
        CreateResponse.Map(routes);
        CreateApiEmbedding.Map(routes);
        CreateApiImage.Map(routes);
        ListApiModels.Map(routes);
        ShowApiModel.Map(routes);
    }

    private static void AddApi(IServiceCollection services)
    {
        // Of several writers the first that can write does.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ApiProblemWriter>());
        services.AddSingleton<AnswerCache>().AddSingleton<CachedAnswering>().AddSingleton<ApiRelay>().AddSingleton<ApiAnswering>().AddSingleton<ApiModels>().AddSingleton<KnownApiKeys>();
        services.AddSingleton<StoredPrices>().AddSingleton<ISharedRows>(provider => provider.GetRequiredService<StoredPrices>());
        services.AddSingleton<BudgetList>().AddSingleton<ISharedRows>(provider => provider.GetRequiredService<BudgetList>());
        services.AddSingleton<WatchSharedRows>().AddHostedService(provider => provider.GetRequiredService<WatchSharedRows>()).AddSingleton<IStartTask>(provider => provider.GetRequiredService<WatchSharedRows>());
        services.AddSingleton<CostReader>().AddSingleton<CallExport>();
        services.AddSingleton<BudgetBook>().AddSingleton<CallLimits>().AddSingleton<BudgetKeeper>().AddHostedService<ReturnBudgetLeases>();
        services.AddTransient<ApiKeyAuthentication>();
        services.AddSingleton<IEndedCallers, EndedApiKeys>();
        services.AddAuthenticationCore(options => options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, displayName: null));
        services.Configure<AuthorizationOptions>(options =>
            options.AddPolicy(ApiEndpoints.Policy, policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.Scheme).RequireAuthenticatedUser()));
    }
}
