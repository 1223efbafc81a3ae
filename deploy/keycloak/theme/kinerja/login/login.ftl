<#import "template.ftl" as layout>
<#assign wrong = messagesPerField.existsError('username', 'password')>
<@layout.registrationLayout displayMessage=!wrong; section>
  <#if section == "header">
    ${msg("loginAccountTitle")}
  <#elseif section == "form">
    <form action="${url.loginAction}" method="post">
      <#if !usernameHidden??>
      <label for="username">${msg("username")}</label>
      <input id="username" name="username" type="text" value="${(login.username!'')}" autocomplete="username"
        autocapitalize="none" spellcheck="false" required autofocus
        <#if wrong>aria-invalid="true" aria-describedby="wrong"</#if>>
      </#if>
      <label for="password">${msg("password")}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required
        <#if wrong>aria-invalid="true" aria-describedby="wrong"</#if>>
      <#if wrong>
      <p class="message error" id="wrong" role="alert">${kcSanitize(messagesPerField.getFirstError('username', 'password'))?no_esc}</p>
      </#if>
      <input type="hidden" name="credentialId" <#if auth.selectedCredential?has_content>value="${auth.selectedCredential}"</#if>>
      <button type="submit">${msg("doLogIn")}</button>
    </form>
    <p class="quiet">${msg("kinerjaForgotten")}</p>
  </#if>
</@layout.registrationLayout>
